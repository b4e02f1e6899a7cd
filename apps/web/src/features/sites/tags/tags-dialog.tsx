'use client';

import { endpoints, type Site } from '@loopstart/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Tags } from 'lucide-react';
import { useId, useState } from 'react';
import { useQuery } from '../../../lib/api/use-query.ts';
import { call } from '../../../lib/api/browser.ts';
import { type ResponseOf, query } from '../../../lib/api/query.ts';
import { tell } from '../../../lib/errors/sentences.ts';
import { t as common } from '../../../messages/common.ts';
import { t } from '../../../messages/sites.ts';
import { Banner } from '../../../ui/banner.tsx';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { TextField } from '../../../ui/field.tsx';
import { FailureNote } from '../../../ui/state-panel.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { useRefusal } from '../../session/index.ts';
import { tagsError, tagsOf } from '../site-form.ts';

/** Opens the tags of a site. */
export function EditTagsButton({ site }: { site: Site }) {
  const refusal = useRefusal('sites.tag');
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        size="sm"
        disabledReason={refusal}
        icon={<Tags aria-hidden="true" className="size-4" />}
        onClick={() => setOpen(true)}
      >
        {t('editTags')}
      </Button>
      {open && <TagsDialog site={site} onClose={() => setOpen(false)} />}
    </>
  );
}

/** Changes the tags of a site. Who loses or gets it by the change is said before it is made. */
function TagsDialog({ site, onClose }: { site: Site; onClose: () => void }) {
  const id = useId();
  const client = useQueryClient();
  const toast = useToast();
  const [text, setText] = useState(site.tags.join(' '));
  const tags = tagsOf(text);
  const error = tagsError(tags);
  const effects = useQuery({
    ...query('getSiteTagEffects', { params: { siteId: site.id }, query: { tag: tags } }),
    enabled: error === undefined,
  });
  const save = useMutation({
    mutationFn: () => call(endpoints.setSiteTags, { params: { siteId: site.id }, body: { tags } }),
    onSuccess: async () => {
      await client.invalidateQueries();
      toast(t('tagsSaved', { name: site.name }));
      onClose();
    },
  });
  const failure = save.error ?? effects.error;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('tagsOf', { name: site.name })}
      footer={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button
            look="primary"
            type="submit"
            form={id}
            // Nobody saves before they could read what it does.
            pending={save.isPending || (error === undefined && effects.isFetching)}
          >
            {t('saveTags')}
          </Button>
        </>
      }
    >
      <form
        id={id}
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (error === undefined && effects.data !== undefined) save.mutate();
        }}
      >
        <TextField
          label={t('tags')}
          name="tags"
          optional
          hint={t('tagsHint')}
          value={text}
          error={error}
          onChange={(event) => setText(event.target.value)}
        />
        <div aria-live="polite" className="flex flex-col gap-2">
          {error === undefined && effects.data !== undefined && <EffectWords effects={effects.data} />}
        </div>
        {failure !== null && <FailureNote told={tell(failure)} />}
      </form>
    </Dialog>
  );
}

function EffectWords({ effects }: { effects: ResponseOf<'getSiteTagEffects'> }) {
  const losing = whoWords(effects, 'losing');
  const gaining = whoWords(effects, 'gaining');
  if (losing === '' && gaining === '') return <p className="text-sm text-ink-2">{t('nobodyChanges')}</p>;
  return (
    <>
      {losing !== '' && <Banner tone="minor" title={t('willLose', { who: losing })} />}
      {gaining !== '' && <p className="text-sm text-ink-2">{t('willGain', { who: gaining })}</p>}
    </>
  );
}

function whoWords(effects: ResponseOf<'getSiteTagEffects'>, way: 'losing' | 'gaining'): string {
  const [people, invitations, tokens] = [effects.people[way], effects.invitations[way], effects.tokens[way]];
  return t('counted', {
    people,
    invitations,
    tokens,
    between: people > 0 && invitations > 0 ? 'yes' : 'no',
    more: people + invitations > 0 && tokens > 0 ? 'yes' : 'no',
  });
}
