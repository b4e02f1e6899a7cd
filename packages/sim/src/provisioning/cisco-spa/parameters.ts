/** The parameters of a SPA112 or SPA122 with their factory defaults. `router-configuration/…` is the nested part. */

const PROVISIONING: Readonly<Record<string, string>> = {
  Provision_Enable: 'Yes',
  Resync_On_Reset: 'Yes',
  Resync_Periodic: '3600',
  Resync_Error_Retry_Delay: '3600',
  Forced_Resync_Delay: '14400',
  Resync_From_SIP: 'Yes',
  Resync_Fails_On_FNF: 'Yes',
  Profile_Rule: '/spa$PSN.cfg',
  Profile_Rule_B: '',
  Profile_Rule_C: '',
  Profile_Rule_D: '',
  Report_Rule: '',
  IVR_Admin_Passwd: '',
  GPP_A: '',
  GPP_B: '',
  GPP_SA: '',
  GPP_SB: '',
  GPP_SC: '',
  GPP_SD: '',
  Syslog_Server: '',
  Debug_Server: '',
  Debug_Level: '0',
};

const VOICE: Readonly<Record<string, string>> = {
  RTP_Packet_Size: '0.030',
  AVT_Dynamic_Payload: '101',
  STUN_Enable: 'No',
  STUN_Server: '',
  NAT_Keep_Alive_Intvl: '15',
  Dial_Tone: '350@-19,440@-19;10(*/0/1+2)',
  Reorder_Tone: '480@-19,620@-19;10(.25/.25/1+2)',
  ...Object.fromEntries(
    ['60(2/4)', '60(.3/.2,1/.2,.3/4)', '60(.8/.4,.8/4)', '60(.4/.2,.3/.2,.8/4)'].map((cadence, ring) => [
      `Ring${ring + 1}_Cadence`,
      cadence,
    ]),
  ),
  Ring_Waveform: 'Trapezoid',
  Ring_Frequency: '20',
  Ring_Voltage: '85',
  Hook_Flash_Timer_Min: '.1',
  Hook_Flash_Timer_Max: '.9',
  Reorder_Delay: '5',
  Interdigit_Long_Timer: '10',
  Interdigit_Short_Timer: '3',
  CPC_Delay: '2',
  CPC_Duration: '0',
  FXS_Port_Impedance: '600',
  FXS_Port_Input_Gain: '-3',
  FXS_Port_Output_Gain: '-3',
  Caller_ID_Method: 'Bellcore(N.Amer,China)',
  Caller_ID_FSK_Standard: 'bell 202',
  Off_Hook_Warning_Tone: '480@-10,620@0;10(.125/.125/1+2)',
};

const LINE: Readonly<Record<string, string>> = {
  Line_Enable: 'Yes',
  SIP_Transport: 'UDP',
  SIP_Port: '5060',
  NAT_Mapping_Enable: 'No',
  NAT_Keep_Alive_Enable: 'No',
  SIP_ToS_DiffServ_Value: '0x68',
  RTP_ToS_DiffServ_Value: '0xb8',
  Proxy: '',
  Outbound_Proxy: '',
  Use_Outbound_Proxy: 'No',
  Register: 'Yes',
  Make_Call_Without_Reg: 'No',
  Ans_Call_Without_Reg: 'No',
  Register_Expires: '3600',
  Proxy_Fallback_Intvl: '3600',
  Proxy_Redundancy_Method: 'Normal',
  Display_Name: '',
  User_ID: '',
  Password: '',
  Use_Auth_ID: 'No',
  Auth_ID: '',
  Call_Waiting_Serv: 'Yes',
  CID_Serv: 'Yes',
  Secure_Call_Serv: 'Yes',
  Preferred_Codec: 'G711u',
  Second_Preferred_Codec: 'Unspecified',
  Third_Preferred_Codec: 'Unspecified',
  Use_Pref_Codec_Only: 'No',
  FAX_Passthru_Method: 'NSE',
  FAX_Passthru_Codec: 'G711u',
  FAX_Enable_T38: 'No',
  DTMF_Tx_Method: 'Auto',
  Hook_Flash_Tx_Method: 'None',
  Emergency_Number: '',
  Dial_Plan: '(*xx|[3469]11|0|00|[2-9]xxxxxx|1xxx[2-9]xxxxxxS0|xxxxxxxxxxxx.)',
  Idle_Polarity: 'Forward',
  Caller_Conn_Polarity: 'Forward',
  Callee_Conn_Polarity: 'Forward',
  CW_Setting: 'Yes',
  CID_Setting: 'Yes',
  Secure_Call_Setting: 'No',
  Default_Ring: '1',
};

const ROUTER: Readonly<Record<string, string>> = {
  'Internet_Option/Host_Name': 'SPA112',
  'SNMP/SNMP_Enabled': '0',
  'SNMP/Get_Community': 'public',
  'SNMP/Set_Community': 'private',
  'Time_Setup/Time_Zone': '-08',
  'Time_Setup/Time_Server': '',
  'WAN_VLAN_Setting/WAN_VLAN_Enable': '0',
  // Spelt so by the unit itself.
  'WAN_VLAN_Setting/WAN_VALN_ID': '1',
};

const SECRET = /Passw(or)?d|^GPP_S[A-D]$|_Community$/;

/** Whether the unit hides the value of a parameter when it is read. */
export const isSecret = (key: string): boolean => SECRET.test(key);

/** All parameters for this number of lines, in the order in which the unit writes them. */
export function parametersOf(lines: number): Map<string, string> {
  const all = new Map([...Object.entries(PROVISIONING), ...Object.entries(VOICE)]);
  for (let line = 1; line <= lines; line += 1) {
    for (const [name, value] of Object.entries(LINE)) {
      all.set(`${name}_${line}_`, name === 'SIP_Port' ? String(5059 + line) : value);
    }
  }
  for (const [name, value] of Object.entries(ROUTER)) all.set(`router-configuration/${name}`, value);
  return all;
}

const LENGTH_MAX = 2_047;

/** Whether the unit takes this value: a choice of Yes and No stays one, a number a number, and no text is longer. */
export function takes(standard: string, value: string): boolean {
  if (standard === 'Yes' || standard === 'No') return value === 'Yes' || value === 'No';
  if (/^\d+$/.test(standard)) return /^\d{1,9}$/.test(value);
  return value.length <= LENGTH_MAX;
}
