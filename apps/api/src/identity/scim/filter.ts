import { SCIM_OPERATORS, type PatchPath, type ScimFilter, type ScimOperator, type ScimValue } from '@loopstart/domain';
import { type Filter, parse } from 'scim2-parse-filter';
import { ScimError } from './scim-error.ts';

const FILTER_MAX = 1000;
const CORE = /^urn:ietf:params:scim:schemas:core:2\.0:(?:user|group):/i;

/** Reads a filter of a query. Throws `invalidFilter`. */
export function filterOf(text: string): ScimFilter {
  if (text.length > FILTER_MAX)
    throw new ScimError(400, `A filter has at most ${FILTER_MAX} characters.`, 'invalidFilter');
  try {
    return converted(parse(text));
  } catch (cause) {
    if (cause instanceof ScimError) throw cause;
    throw new ScimError(400, 'The filter cannot be read.', 'invalidFilter', { cause });
  }
}

/** Reads a path of a patch (RFC 7644, section 3.5.2); null where it is none. */
export function pathOf(text: string): PatchPath | null {
  if (text.length > FILTER_MAX) return null;
  const core = text.replace(CORE, '');
  if (/^urn:/i.test(core)) return { attribute: core.toLowerCase(), filter: null, sub: null };
  const [, attribute, filter, sub] = /^([a-z$][\w$-]*)(?:\[(.+)\])?(?:\.([a-z$][\w$-]*))?$/is.exec(core) ?? [];
  if (attribute === undefined) return null;
  try {
    return {
      attribute: attribute.toLowerCase(),
      filter: filter === undefined ? null : filterOf(filter),
      sub: sub?.toLowerCase() ?? null,
    };
  } catch {
    return null;
  }
}

function converted(filter: Filter): ScimFilter {
  switch (filter.op) {
    case 'and':
    case 'or':
      return { kind: filter.op, of: filter.filters.map(converted) };
    case 'not':
      return { kind: 'not', of: converted(filter.filter) };
    case '[]':
      return { kind: 'some', attribute: nameOf(filter.attrPath), of: converted(filter.valFilter) };
    case 'pr':
      return { kind: 'compare', attribute: nameOf(filter.attrPath), op: 'pr', value: null };
    default: {
      const { op, attrPath, compValue } = filter;
      if (!isOperator(op))
        throw new ScimError(
          400,
          `The operator "${op}" is not supported: ${SCIM_OPERATORS.join(', ')}.`,
          'invalidFilter',
        );
      return { kind: 'compare', attribute: nameOf(attrPath), op, value: compValue as ScimValue };
    }
  }
}

const isOperator = (op: string): op is ScimOperator => (SCIM_OPERATORS as readonly string[]).includes(op);
const nameOf = (path: string): string => path.replace(CORE, '').toLowerCase();
