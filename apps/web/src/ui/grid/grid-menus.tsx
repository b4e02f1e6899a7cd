'use client';

import { Menu } from '@base-ui/react/menu';
import { Popover } from '@base-ui/react/popover';
import { Bookmark, Check, Columns3, Download, Trash2 } from 'lucide-react';
import { usePathname } from 'next/navigation';
import { type ReactNode, useState } from 'react';
import { t } from '../../messages/grid.ts';
import { buttonClass } from '../button-class.ts';
import { cx } from '../cx.ts';
import type { GridChange, GridColumn } from './model.ts';
import { useSavedViews } from './saved-views.ts';

const POPUP =
  'max-h-(--available-height) overflow-y-auto rounded-lg border border-line bg-raised p-1.5 text-ink shadow-raised outline-none';
const ITEM =
  'flex min-h-8 w-full cursor-default items-center gap-2 rounded-sm px-2 text-sm outline-none select-none data-highlighted:bg-hover data-disabled:text-ink-3';

const Trigger = ({ icon, label }: { icon: ReactNode; label: string }) => (
  <>
    {icon}
    <span className="max-sm:sr-only">{label}</span>
  </>
);

function GridMenu(props: { label: string; icon: ReactNode; children: ReactNode; wide?: boolean }) {
  return (
    <Menu.Root>
      <Menu.Trigger className={cx(buttonClass('quiet', 'sm'), 'h-8 data-popup-open:bg-hover')}>
        <Trigger icon={props.icon} label={props.label} />
      </Menu.Trigger>
      <Menu.Portal render={<section aria-label={props.label} />}>
        <Menu.Positioner align="end" sideOffset={4} collisionPadding={8} className="z-50">
          <Menu.Popup className={cx(POPUP, props.wide === true ? 'w-72' : 'w-56')}>{props.children}</Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

/** Which columns are shown, and how high rows are. */
export function ColumnsMenu<T>(props: {
  columns: readonly GridColumn<T>[];
  shown: readonly GridColumn<T>[];
  density: 'dense' | 'roomy';
  set: (change: GridChange) => void;
}) {
  const shown = new Set(props.shown.map(({ id }) => id));
  const toggle = (id: string, on: boolean) =>
    props.set({
      columns: props.columns.map((column) => column.id).filter((one) => (one === id ? on : shown.has(one))),
    });
  return (
    <GridMenu label={t('columns')} icon={<Columns3 aria-hidden="true" className="size-4" />}>
      {props.columns
        .filter(({ rowHeader }) => rowHeader !== true)
        .map((column) => (
          <Menu.CheckboxItem
            key={column.id}
            closeOnClick={false}
            checked={shown.has(column.id)}
            onCheckedChange={(on) => toggle(column.id, on)}
            className={ITEM}
          >
            <Box />
            {column.header}
          </Menu.CheckboxItem>
        ))}
      <Menu.Item className={ITEM} onClick={() => props.set({ columns: [] })}>
        <span className="size-4" />
        {t('resetColumns')}
      </Menu.Item>
      <Menu.Separator className="my-1 border-t border-line" />
      <Menu.RadioGroup value={props.density} onValueChange={(rows: 'dense' | 'roomy') => props.set({ rows })}>
        {(['dense', 'roomy'] as const).map((density) => (
          <Menu.RadioItem key={density} value={density} closeOnClick={false} className={ITEM}>
            <span className="grid size-4 place-items-center">
              <Menu.RadioItemIndicator>
                <Check aria-hidden="true" className="size-4 text-accent" />
              </Menu.RadioItemIndicator>
            </span>
            {t('density')}: {t(density).toLowerCase()}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </GridMenu>
  );
}

const Box = () => (
  <span className="grid size-4 place-items-center rounded-sm border border-edge bg-surface">
    <Menu.CheckboxItemIndicator>
      <Check aria-hidden="true" className="size-3.5 text-accent" />
    </Menu.CheckboxItemIndicator>
  </span>
);

/** All that match, as a file; with the columns shown, or with all. */
export function ExportMenu(props: {
  href: string;
  columns: readonly string[];
  total: string;
  also: { word: string; href: string } | undefined;
}) {
  const join = props.href.includes('?') ? '&' : '?';
  return (
    <GridMenu label={t('exportList')} icon={<Download aria-hidden="true" className="size-4" />} wide>
      <p className="px-2 pt-1 pb-1.5 text-xs text-ink-3">{t('exportNote', { count: props.total })}</p>
      <Menu.Item
        className={ITEM}
        render={
          <a href={`${props.href}${join}columns=${props.columns.join(',')}`} download aria-label={t('exportShown')} />
        }
      >
        {t('exportShown')}
      </Menu.Item>
      <Menu.Item className={ITEM} render={<a href={props.href} download aria-label={t('exportAll')} />}>
        {t('exportAll')}
      </Menu.Item>
      {props.also !== undefined && (
        <Menu.Item className={ITEM} render={<a href={props.also.href} download aria-label={props.also.word} />}>
          {props.also.word}
        </Menu.Item>
      )}
    </GridMenu>
  );
}

/** Filters, order and columns under a name. */
export function ViewsMenu({ list }: { list: string }) {
  const { views, save, remove } = useSavedViews(list);
  const pathname = usePathname() ?? '/';
  const [name, setName] = useState('');
  const [open, setOpen] = useState(false);
  const show = (search: string) => {
    window.history.pushState(null, '', pathname + search);
    setOpen(false);
  };
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger className={cx(buttonClass('quiet', 'sm'), 'h-8 data-popup-open:bg-hover')}>
        <Trigger icon={<Bookmark aria-hidden="true" className="size-4" />} label={t('views')} />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner align="end" sideOffset={4} collisionPadding={8} className="z-50">
          <Popover.Popup aria-label={t('views')} className={cx(POPUP, 'w-72')}>
            {views.length === 0 && <p className="px-2 py-1 text-sm text-ink-3">{t('noViews')}</p>}
            <ul>
              {views.map((view) => (
                <li key={view.name} className="flex items-center">
                  <button type="button" className={cx(ITEM, 'hover:bg-hover')} onClick={() => show(view.search)}>
                    <span className="truncate">{view.name}</span>
                  </button>
                  <button
                    type="button"
                    aria-label={t('deleteView', { name: view.name })}
                    onClick={() => remove(view.name)}
                    className="grid size-8 shrink-0 place-items-center rounded-sm text-ink-3 hover:bg-hover hover:text-ink"
                  >
                    <Trash2 aria-hidden="true" className="size-3.5" />
                  </button>
                </li>
              ))}
            </ul>
            <form
              className="mt-1 flex gap-1.5 border-t border-line px-1 pt-2 pb-1"
              onSubmit={(event) => {
                event.preventDefault();
                if (name.trim() === '') return;
                save({ name: name.trim(), search: window.location.search });
                setName('');
              }}
            >
              <input
                type="text"
                value={name}
                maxLength={80}
                aria-label={t('viewName')}
                placeholder={t('saveView')}
                onChange={(event) => setName(event.target.value)}
                className="h-8 min-w-0 flex-1 rounded-sm border border-edge bg-surface px-2 text-sm pointer-coarse:text-lg"
              />
              <button type="submit" className={cx(buttonClass('plain', 'sm'), 'h-8')}>
                {t('save')}
              </button>
            </form>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
