import { GatewaySkeleton } from '../../../../features/gateways/index.ts';

export default function LoadingPage() {
  return <GatewaySkeleton />;
}
