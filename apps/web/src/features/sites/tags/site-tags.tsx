import { t } from '../../../messages/sites.ts';
import { Absent } from '../../../ui/absent.tsx';
import { Tag } from '../../../ui/tag.tsx';

/** The tags of a site. */
export function SiteTags({ tags }: { tags: readonly string[] }) {
  if (tags.length === 0) return <Absent why={t('noTags')} spelled />;
  return (
    <span className="inline-flex min-w-0 flex-wrap gap-1">
      {tags.map((tag) => (
        <Tag key={tag}>{tag}</Tag>
      ))}
    </span>
  );
}
