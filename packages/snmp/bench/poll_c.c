/*
 * Reads a table of the net-snmp C library: 16 columns of 24 rows, by GETBULK of 4 columns x 25 repetitions, one
 * request at a time, as poll.bench.ts does with ours.
 *
 * poll_c <table OID> <devices> <first port> <ports>
 * Prints one line of JSON: devices read, values of each, and CPU of this process for them without start-up.
 */
#include <net-snmp/net-snmp-config.h>
#include <net-snmp/net-snmp-includes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#define COLUMNS 16
#define COLUMNS_PER_PDU 4
#define REPETITIONS 25

static double cpu_ms(void) {
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e3 + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e3;
}

/* Reads all columns of one device; returns the number of values below them, or -1. */
static int poll_device(void *session, const oid *table, size_t table_length) {
  int values = 0;
  for (int first = 1; first <= COLUMNS; first += COLUMNS_PER_PDU) {
    netsnmp_pdu *request = snmp_pdu_create(SNMP_MSG_GETBULK);
    netsnmp_pdu *response = NULL;
    request->non_repeaters = 0;
    request->max_repetitions = REPETITIONS;
    for (int column = first; column < first + COLUMNS_PER_PDU; column++) {
      oid name[MAX_OID_LEN];
      memcpy(name, table, table_length * sizeof(oid));
      name[table_length] = (oid)column;
      snmp_add_null_var(request, name, table_length + 1);
    }
    if (snmp_sess_synch_response(session, request, &response) != STAT_SUCCESS) return -1;
    if (response->errstat != SNMP_ERR_NOERROR) return -1;
    int slot = 0;
    for (netsnmp_variable_list *var = response->variables; var; var = var->next_variable, slot++) {
      oid column = (oid)(first + slot % COLUMNS_PER_PDU);
      if (var->name_length > table_length + 1 && var->name[table_length] == column &&
          memcmp(var->name, table, table_length * sizeof(oid)) == 0)
        values++;
    }
    snmp_free_pdu(response);
  }
  return values;
}

int main(int argc, char **argv) {
  if (argc != 5) return 2;
  oid table[MAX_OID_LEN];
  size_t table_length = MAX_OID_LEN;
  int devices = atoi(argv[2]), first_port = atoi(argv[3]), ports = atoi(argv[4]);
  setenv("MIBS", "", 1);
  init_snmp("poll_c");
  if (!read_objid(argv[1], table, &table_length)) return 2;
  void **sessions = calloc((size_t)ports, sizeof(void *));
  for (int i = 0; i < ports; i++) {
    netsnmp_session wanted;
    char peer[64];
    snmp_sess_init(&wanted);
    snprintf(peer, sizeof peer, "udp:127.0.0.1:%d", first_port + i);
    wanted.peername = peer;
    wanted.version = SNMP_VERSION_2c;
    wanted.community = (u_char *)"public";
    wanted.community_len = 6;
    wanted.timeout = 2000000;
    if (!(sessions[i] = snmp_sess_open(&wanted))) return 3;
    if (poll_device(sessions[i], table, table_length) < 0) return 4;
  }
  int values = 0;
  double before = cpu_ms();
  for (int i = 0; i < devices; i++) {
    int read = poll_device(sessions[i % ports], table, table_length);
    if (read < 0) return 5;
    values += read;
  }
  double spent = cpu_ms() - before;
  printf("{\"devices\":%d,\"values\":%d,\"cpuMs\":%.3f}\n", devices, values, spent);
  return 0;
}
