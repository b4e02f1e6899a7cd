import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { admitPerson, type NewcomerFacts } from './admission.ts';
import { domainOf } from './email-domain.ts';

const pat = { address: 'pat@oak.example.com', verified: true };
const facts = (more: Partial<NewcomerFacts> = {}): NewcomerFacts => ({
  linked: null,
  email: pat,
  domains: ['oak.example.com'],
  account: null,
  invited: false,
  provisions: false,
  ...more,
});
const member = { removed: false, isOwner: false, linkedOtherwise: false };
const account = (more: object = {}, worksElsewhere = false) => ({
  account: { worksElsewhere, member: { ...member, ...more } },
});
const stranger = (worksElsewhere: boolean) => ({ account: { worksElsewhere, member: null } });
const refused = (reason: string) => ({ kind: 'refused', reason });
const join = (byInvitation: boolean, of: 'new' | 'known') => ({ kind: 'join', byInvitation, account: of });

describe('who comes in', () => {
  test.for([
    ['who is linked', { linked: { removed: false } }, { kind: 'known' }],
    ['who is linked, also without an address', { linked: { removed: false }, email: null }, { kind: 'known' }],
    ['not who was removed', { linked: { removed: true } }, refused('member-removed')],
    ['a member by a verified address of the domain', account(), { kind: 'link' }],
    ['not without an address', { ...account(), email: null }, refused('email-missing')],
    ['not by an unverified one', { ...account(), email: { ...pat, verified: false } }, refused('email-unverified')],
    [
      'not by one of another domain',
      { ...account(), email: { ...pat, address: 'pat@elm.example.com' } },
      refused('email-domain'),
    ],
    [
      'not by one below the domain',
      { ...account(), email: { ...pat, address: 'p@x.oak.example.com' } },
      refused('email-domain'),
    ],
    [
      'not by one that ends alike',
      { ...account(), email: { ...pat, address: 'p@evil-oak.example.com' } },
      refused('email-domain'),
    ],
    [
      'the case of a domain does not matter',
      { ...account(), email: { ...pat, address: 'pat@OAK.Example.com' } },
      { kind: 'link' },
    ],
    ['not a removed member', account({ removed: true }), refused('member-removed')],
    ['not a member who works elsewhere too', account({}, true), refused('works-elsewhere')],
    ['not an owner', account({ isOwner: true }), refused('owner-not-linked')],
    ['not a member whom another identity has', account({ linkedOtherwise: true }), refused('linked-otherwise')],
    ['nobody unknown', {}, refused('not-a-member')],
    ['who was invited', { invited: true }, join(true, 'new')],
    ['whoever the provider knows, where people are provisioned', { provisions: true }, join(false, 'new')],
    ['an account of nobody, invited', { ...stranger(false), invited: true }, join(true, 'known')],
    [
      'not an account of another operator, even invited',
      { ...stranger(true), invited: true },
      refused('works-elsewhere'),
    ],
    [
      'not an account of another operator, even provisioned',
      { ...stranger(true), provisions: true },
      refused('works-elsewhere'),
    ],
  ] as const)('%s', ([, more, outcome]) => expect(admitPerson(facts(more as Partial<NewcomerFacts>))).toEqual(outcome));

  test('an address alone never opens an account that works elsewhere, nor an owner', () => {
    fc.assert(
      fc.property(
        fc.record({ invited: fc.boolean(), provisions: fc.boolean() }),
        fc.record({
          worksElsewhere: fc.boolean(),
          isOwner: fc.boolean(),
          linkedOtherwise: fc.boolean(),
          removed: fc.boolean(),
        }),
        (more, { worksElsewhere, ...of }) => {
          fc.pre(worksElsewhere || of.isOwner);
          expect(admitPerson(facts({ ...more, account: { worksElsewhere, member: of } })).kind).toBe('refused');
        },
      ),
    );
  });
});

test.for([
  ['pat@oak.example.com', 'oak.example.com'],
  ['"a@b"@Oak.example.com', 'oak.example.com'],
  ['oak.example.com', null],
  ['@oak.example.com', null],
  ['pat@oak', null],
  ['pat@oak.example.com.', null],
  ['pat@', null],
] as const)('the domain of %s is %s', ([email, domain]) => expect(domainOf(email)).toBe(domain));
