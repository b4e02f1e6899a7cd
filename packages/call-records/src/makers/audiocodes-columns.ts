/**
 * Titles of the columns of AudioCodes records, in the order in which they are sent by default. Operators can change
 * them, and the unit then sends its titles as a line of their own.
 */
const columns = (titles: string): readonly string[] => titles.split(' ');

/** Of calls of a gateway (FXS, FXO, ISDN). `Cid` is the channel. */
export const GATEWAY_COLUMNS = columns(
  'GWReportType Cid SessionId LegId Trunk BChan ConId TG EPTyp Orig SourceIp DestIp SrcTON SrcNPI SrcPhoneNum SrcNumBeforeMap DstTON DstNPI DstPhoneNum DstNumBeforeMap Duration Coder Intrv RtpIp Port TrmSd TrmReason Fax InPackets OutPackets PackLoss RemotePackLoss SIPCallId SetupTime ConnectTime ReleaseTime RTPdelay RTPjitter RTPssrc RemoteRTPssrc RedirectReason TON NPI RedirectPhonNum MeteringPulses SrcHost SrcHostBeforeMap DstHost DstHostBeforeMap IPG LocalRtpIp LocalRtpPort Amount Mult TrmReasonCategory RedirectNumBeforeMap SrdId SIPInterfaceId ProxySetId IpProfileId MediaRealmId SigTransportType TxRTPIPDiffServ TxSigIPDiffServ LocalRFactor RemoteRFactor LocalMosCQ RemoteMosCQ SigSourcePort SigDestPort MediaType AMD Percent SIPTrmReason SIPTermDesc',
);

/** Of calls through the session border controller: units of one box with both serve analogue lines, too. */
export const SBC_COLUMNS = columns(
  'SBCReportType EPTyp SIPCallId SessionId Orig SourceIp SourcePort DestIp DestPort TransportType SrcURI SrcURIBeforeMap DstURI DstURIBeforeMap Duration TrmSd TrmReason TrmReasonCategory SetupTime ConnectTime ReleaseTime RedirectReason RedirectURINum RedirectURINumBeforeMap TxSigIPDiffServ IPGroup SrdId SIPInterfaceId ProxySetId IpProfileId MediaRealmId DirectMedia SIPTrmReason SIPTermDesc Caller Callee Trigger LegId VoiceAIConnectorName',
);
/** The same of older firmware. */
export const SBC_COLUMNS_SHORT = SBC_COLUMNS.slice(0, 34);

export const MEDIA_COLUMNS = columns(
  'MediaReportType SIPCallId SessionId Cid MediaType Coder Intrv LocalRtpIp LocalRtpPort RemoteRtpIp RemoteRtpPort InPackets OutPackets LocalPackLoss RemotePackLoss RTPdelay RTPjitter TxRTPssrc RxRTPssrc LocalRFactor RemoteRFactor LocalMosCQ RemoteMosCQ TxRTPIPDiffServ LatchedRtpIp LatchedRtpPort LatchedT38Ip LatchedT38Port CoderTranscoding LegId',
);
