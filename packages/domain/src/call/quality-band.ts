/**
 * How users are with a call of such a score, after ITU-T G.109 table 1 with the MOS of G.107 Annex B: `good`, all or some
 * dissatisfied with little; `fair`, some users dissatisfied; `poor`, many or nearly all.
 */
export const QUALITY_BANDS = ['good', 'fair', 'poor'] as const;
export type QualityBand = (typeof QUALITY_BANDS)[number];

/** R of 80 and of 70, as MOS. */
export const GOOD_MOS_MIN = 4.03;
export const FAIR_MOS_MIN = 3.6;

/** The band of a score; null where none was measured. Pure. */
export function qualityBand(mos: number | null): QualityBand | null {
  if (mos === null) return null;
  return mos >= GOOD_MOS_MIN ? 'good' : mos >= FAIR_MOS_MIN ? 'fair' : 'poor';
}
