import { parseSync } from 'oxc-parser';

/** A text that stands in the source of a page instead of in a catalogue. */
export interface LiteralText {
  line: number;
  text: string;
}

interface Node {
  type: string;
  start: number;
  [key: string]: unknown;
}

/** Attributes that hold names, addresses, classes or figures; every other attribute holds text. */
const NOT_TEXT = new Set(
  `align aria-atomic aria-busy aria-controls aria-current aria-describedby aria-haspopup aria-hidden aria-labelledby
  aria-live aria-orientation aria-relevant as autoCapitalize autoComplete autoHighlight axis card charSet color cursor
  cx cy d defaultValue dir dominantBaseline enterKeyHint field fill from href htmlFor httpEquiv icon id inputMode key
  kind lang level look method mode name narrow nonce orientation paintOrder path pattern place points position
  preserveAspectRatio rel render right role scope severity shape shapeRendering side size sizes spellCheck state stroke strokeLinecap
  strokeLinejoin tag target textAnchor tone transform type value variant vectorEffect viewBox width wrap x y`.split(
    /\s+/,
  ),
);

/** Properties of objects whose strings are names or classes. */
const NOT_TEXT_PROPERTY = /(^c|C)lass(Name)?$|^(href|tone|icon|look|severity|key|kind|level|type|code|id)$/;

const LETTER = /\p{L}/u;
const ADDRESS = /^(\/|https?:\/\/)\S*$/;
/** What reads as text wherever it stands: it begins like a sentence, or has words with a space between. */
const READS_AS_TEXT = /^\p{Lu}\p{Ll}|[\p{L}\p{P}] [\p{L}(“]|^[,.;:(]* ?\p{L}+ ?$(?<= .*)/u;
const CLASSES = /^[a-z0-9:\-[\]/.()_%&>*=#',!@\s]+$/;
const ONE_CLASS = /[-:[]|^(flex|grid|block|hidden|truncate|absolute|relative|underline|rounded|border)$/;

/** The texts in a source file that no catalogue holds. */
export function findLiterals(file: string, source: string): LiteralText[] {
  const { program, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  const found: LiteralText[] = [];
  const report = (node: Node, text: string) =>
    found.push({ line: source.slice(0, node.start).split('\n').length, text: text.replace(/\s+/g, ' ').trim() });

  /** `shown`: what stands here is text of the page, however short. */
  const walk = (value: unknown, shown: boolean): void => {
    if (Array.isArray(value)) {
      for (const item of value) walk(item, shown);
      return;
    }
    if (!isNode(value)) return;
    const node = value;
    if (isNoText(node)) return;
    switch (node.type) {
      case 'JSXText':
        if (LETTER.test(String(node['value']))) report(node, String(node['value']));
        return;
      case 'JSXAttribute': {
        const name = String((node['name'] as Node)['name']);
        if (!NOT_TEXT.has(name) && !/^data-|[cC]lass/.test(name)) walk(node['value'], true);
        return;
      }
      case 'JSXElement':
      case 'JSXFragment':
        walk(node['openingElement'], false);
        walk(node['children'], true);
        return;
      case 'Literal':
        judge(node, node['value'], shown);
        return;
      case 'TemplateLiteral': {
        const parts = (node['quasis'] as { value: { cooked: string } }[]).map((quasi) => quasi.value.cooked);
        judge(node, parts.join('…'), shown);
        walk(node['expressions'], shown);
        return;
      }
      case 'ConditionalExpression':
        walk(node['test'], false);
        walk([node['consequent'], node['alternate']], shown);
        return;
      case 'LogicalExpression':
        walk(node['left'], shown && node['operator'] !== '&&');
        walk(node['right'], shown);
        return;
      case 'Property':
        if (node['computed'] === true) walk(node['key'], false);
        if (!isName(node)) walk(node['value'], false);
        return;
      case 'MemberExpression':
        walk(node['object'], false);
        return;
      case 'JSXExpressionContainer':
        walk(node['expression'], shown);
        return;
      default:
        for (const [key, child] of Object.entries(node)) if (key !== 'type') walk(child, false);
    }
  };

  const judge = (node: Node, value: unknown, shown: boolean) => {
    if (typeof value !== 'string' || !LETTER.test(value) || ADDRESS.test(value)) return;
    if (shown || (READS_AS_TEXT.test(value) && !isClasses(value))) report(node, value);
  };

  walk(program.body, false);
  return found;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';
}

/** Imports, types, errors for developers, class names, comparisons and calls of a catalogue. */
function isNoText(node: Node): boolean {
  if (/^(Import|ExportAll|Throw)/.test(node.type) || typeof node['directive'] === 'string') return true;
  if (node.type.startsWith('TS')) return !/^TS(As|Satisfies|NonNull)Expression$/.test(node.type);
  if (node.type === 'BinaryExpression') return /^[=!]==?$|^in$/.test(String(node['operator']));
  if (node.type !== 'CallExpression') return false;
  return ['cx'].includes(String((node['callee'] as Node)['name']));
}

function isName({ key, value }: Node): boolean {
  return (
    NOT_TEXT_PROPERTY.test(String((key as Node)['name'])) &&
    /^(Literal|TemplateLiteral|ConditionalExpression)$/.test((value as Node).type)
  );
}

function isClasses(value: string): boolean {
  if (!CLASSES.test(value)) return false;
  const words = value.trim().split(/\s+/);
  return words.filter((word) => ONE_CLASS.test(word)).length >= words.length / 2;
}
