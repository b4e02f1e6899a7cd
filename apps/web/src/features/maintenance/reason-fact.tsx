import { Facts } from '../../ui/facts.tsx';
import { t as common } from '../../messages/common.ts';

/** All of the reason that a person gave, in a panel. */
export const ReasonFact = ({ reason }: { reason: string }) => (
  <Facts
    columns={1}
    items={[
      [
        common('reason'),
        <span key="reason" className="wrap-anywhere whitespace-pre-line">
          {reason}
        </span>,
      ],
    ]}
  />
);
