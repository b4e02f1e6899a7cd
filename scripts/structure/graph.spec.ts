import { describe, expect, test } from 'vitest';
import { addEdge, circles, layers, type Graph } from './graph.ts';

/** `a>b` is one import of b by a. */
const graphOf = (imports: string): Graph => {
  const graph: Graph = new Map();
  for (const edge of imports.split(' ')) {
    const [from = '', to = ''] = edge.split('>');
    addEdge(graph, from, to);
  }
  return graph;
};

describe('arrows up and floors', () => {
  test.for([
    ['a chain has a floor for each room and no arrow up', 'a>b b>c', [], 3],
    ['a short cut adds no floor', 'a>b b>c a>c', [], 3],
    ['of two rooms that import each other, the rarer direction runs up', 'a>b a>b b>a', ['b>a'], 2],
    ['one arrow that closes two rings is named once', 'a>b b>c c>a a>d d>c', ['c>a'], 3],
    ['rings apart are counted apart', 'a>b a>b b>a c>d c>d d>c', ['b>a', 'd>c'], 2],
  ] as const)('%s', ([, imports, up, floors]) => {
    const found = layers(graphOf(imports));
    expect(found.up.map(({ from, to }) => `${from}>${to}`).toSorted()).toEqual(up);
    expect(found.floors).toBe(floors);
  });
});

test('files in a ring are found, and a file that only leads there is not one of them', () => {
  expect(circles(graphOf('a>b b>c c>b d>d'))).toEqual([['b', 'c']]);
});
