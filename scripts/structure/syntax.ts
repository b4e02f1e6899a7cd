import { parseSync, Visitor } from 'oxc-parser';
import type { SourceFile } from './files.ts';

/** What one file says about itself. */
export interface Syntax {
  /** Module names of every import, re-export and `import()`, also those of types alone. */
  imports: string[];
  /** `value as T` and `<T>value`, without `as const`. */
  casts: number;
  /** Calls of `test` or `it`, also `test.for(table)(name, body)`, which counts once whatever its table holds. */
  tests: number;
}

interface Callee {
  type: string;
  name?: string;
  object?: Callee;
  callee?: Callee;
}

/** The name a call begins with: `test` in `test.for(rows)(…)`. */
const rootName = (node: Callee | undefined): string | undefined =>
  node === undefined || node.type === 'Identifier' ? node?.name : rootName(node.object ?? node.callee);

/** `test.for(rows)` alone makes a function; the test is the call of that. */
const makesFunction = (callee: Callee): boolean =>
  callee.type === 'MemberExpression' &&
  ['for', 'each', 'skipIf', 'runIf'].includes((callee as { property?: { name?: string } }).property?.name ?? '');

export function readSyntax(file: SourceFile): Syntax {
  const { program, module, errors } = parseSync(file.path, file.text);
  if (errors.length > 0) throw new Error(`${file.path} does not parse: ${errors[0]?.message}`);
  const found: Syntax = { imports: [], casts: 0, tests: 0 };
  for (const { moduleRequest } of module.staticImports) found.imports.push(moduleRequest.value);
  for (const { entries } of module.staticExports)
    for (const { moduleRequest } of entries) if (moduleRequest !== null) found.imports.push(moduleRequest.value);
  for (const { moduleRequest } of module.dynamicImports) {
    const literal = file.text.slice(moduleRequest.start + 1, moduleRequest.end - 1);
    if (/^[@./\w-]+$/.test(literal)) found.imports.push(literal);
  }
  new Visitor({
    TSAsExpression({ typeAnnotation }) {
      const isConst = file.text.slice(typeAnnotation.start, typeAnnotation.end) === 'const';
      if (!isConst) found.casts += 1;
    },
    TSTypeAssertion() {
      found.casts += 1;
    },
    CallExpression({ callee }) {
      const name = rootName(callee as Callee);
      if (file.isTest && (name === 'test' || name === 'it') && !makesFunction(callee as Callee)) found.tests += 1;
    },
  }).visit(program);
  return found;
}
