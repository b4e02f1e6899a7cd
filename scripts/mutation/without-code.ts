import { parseSync } from 'oxc-parser';

/** Whether a TypeScript source holds types and re-exports alone: nothing in it can be mutated, and a test may not reach it. */
export function isWithoutCode(source: string): boolean {
  return parseSync('source.ts', source).program.body.every((statement) => {
    switch (statement.type) {
      case 'ImportDeclaration':
        return statement.importKind === 'type';
      case 'ExportNamedDeclaration':
        return statement.exportKind === 'type' || statement.source !== null;
      case 'ExportAllDeclaration':
      case 'TSInterfaceDeclaration':
      case 'TSTypeAliasDeclaration':
        return true;
      default:
        return false;
    }
  });
}
