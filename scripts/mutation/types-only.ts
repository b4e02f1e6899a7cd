import { parseSync } from 'oxc-parser';

/** Whether a TypeScript source is gone once its types are: there is nothing in it to mutate, and no test that reaches it. */
export function isTypesOnly(source: string): boolean {
  return parseSync('source.ts', source).program.body.every((statement) => {
    switch (statement.type) {
      case 'ImportDeclaration':
        return statement.importKind === 'type';
      case 'ExportNamedDeclaration':
      case 'ExportAllDeclaration':
        return statement.exportKind === 'type';
      case 'TSInterfaceDeclaration':
      case 'TSTypeAliasDeclaration':
        return true;
      default:
        return false;
    }
  });
}
