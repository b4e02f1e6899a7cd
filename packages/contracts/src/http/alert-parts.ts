import { LINE_DEVICE_CLASSES } from '@loopstart/domain';
import { z } from 'zod';
import { Id, Instant } from './fields.ts';

/** Severities an alert can have, least urgent first. */
export const ALERT_SEVERITIES = ['info', 'minor', 'major', 'critical'] as const;

export const AlertSeverity = z.enum(ALERT_SEVERITIES);
export type AlertSeverity = z.infer<typeof AlertSeverity>;

/** Where an object is, with names to display; levels that do not apply are null. */
export const Place = z
  .object({
    customer: z.object({ id: Id, name: z.string() }).nullable(),
    site: z.object({ id: Id, name: z.string(), timeZone: z.string() }).nullable(),
    agent: z.object({ id: Id, name: z.string() }).nullable(),
    gateway: z.object({ id: Id, name: z.string() }).nullable(),
    port: z
      .object({
        position: z.int(),
        label: z.string().nullable(),
        number: z.string().nullable(),
        lineDeviceClass: z.enum(LINE_DEVICE_CLASSES),
      })
      .nullable(),
  })
  .meta({ id: 'Place' });
export type Place = z.infer<typeof Place>;

/** An effective threshold, and the scope that sets it. */
export const ThresholdWhy = z.object({
  value: z.number(),
  unit: z.string(),
  label: z.string(),
  scope: z.enum(['default', 'operator', 'customer', 'site', 'line-device-class', 'port']),
  scopeName: z.string().nullable(),
  reason: z.string().nullable(),
});

/** The evidence for an alert. */
export const Evidence = z.object({
  text: z.string(),
  seen: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  thresholds: z.record(z.string(), ThresholdWhy),
});

export const HOLD_REASONS = ['settling', 'suppressed', 'proving', 'maintenance', 'starting', 'told'] as const;

/** Why an open alert notifies no one. */
export const Hold = z.object({
  reason: z.enum(HOLD_REASONS),
  until: Instant.nullable(),
  /** The alert that explains it, or the maintenance window. */
  by: z.object({ id: z.string(), title: z.string() }).nullable(),
});
