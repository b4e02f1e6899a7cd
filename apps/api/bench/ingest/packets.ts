/** MQTT packets for what plays agents, here and in benchmarks of the whole, which depend on no codec of their own. */
export { generate, type Packet, parser as makeParser } from 'mqtt-packet';
