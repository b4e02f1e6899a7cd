#!/bin/sh
# Installs or updates the Loopstart agent on a Linux machine:
#
#   curl -fsSL <api>/install.sh | sudo sh -s -- --token <token>
#
# The token works once. Where others are signed in on the machine, who could read it in the list of processes, leave
# --token out: the script then asks for it, or reads it from LOOPSTART_TOKEN or --token-file.
#
# May be run again at any time: it then updates the program and keeps the identity.
# The API fills in the words between @ signs; without that, --api has to be given.
set -eu

API_URL='@API_URL@'
CA_SHA256='@CA_SHA256@'
# SHA-256 of the bundles; where the API leaves them out, the file beside the bundle is used.
SHA256_X64='@SHA256_X64@'
SHA256_ARM64='@SHA256_ARM64@'

TOKEN=${LOOPSTART_TOKEN:-}
PREFIX=
BUNDLE=
AGAIN=
START=yes
USER_NAME=loopstart-agent

fail() {
  echo "install.sh: $*" >&2
  exit 1
}

say() {
  echo "==> $*"
}

usage() {
  cat <<'TEXT'
Usage: install.sh --token <token> [options]
  --token <token>         one-time token from the console (or LOOPSTART_TOKEN in the environment; asked for otherwise)
  --token-file <file>     file that holds the token
  --api <url>             address of the API (https; http to this machine itself only)
  --ca-sha256 <hex>       fingerprint of the CA that must have signed
  --bundle <file>         use this bundle instead of downloading one
  --again                 enrol anew, also where there is an identity
  --no-start              do not start the service
  --prefix <folder>       install below this folder, without user and service (for tests and images)
TEXT
}

# What a placeholder holds, nothing where it was not filled in.
filled() {
  case $1 in
    @*@) ;;
    *) printf '%s' "$1" ;;
  esac
}

API_URL=$(filled "$API_URL")
CA_SHA256=$(filled "$CA_SHA256")

while [ $# -gt 0 ]; do
  case $1 in
    --token | --token-file | --api | --ca-sha256 | --bundle | --prefix)
      [ $# -ge 2 ] || fail "$1 needs a value"
      case $1 in
        --token) TOKEN=$2 ;;
        --token-file)
          [ -r "$2" ] || fail "cannot read $2"
          TOKEN=$(tr -d '[:space:]' <"$2")
          ;;
        --api) API_URL=$2 ;;
        --ca-sha256) CA_SHA256=$2 ;;
        --bundle) BUNDLE=$2 ;;
        --prefix) PREFIX=$2 ;;
      esac
      shift
      ;;
    --again) AGAIN=yes ;;
    --no-start) START= ;;
    -h | --help)
      usage
      exit 0
      ;;
    *) fail "unknown option $1 (--help shows what is possible)" ;;
  esac
  shift
done

# --- Can it work here? ---------------------------------------------------------------------------------------------
[ "$(uname -s)" = Linux ] || fail "the agent runs on Linux only, this is $(uname -s)"
case $(uname -m) in
  x86_64 | amd64)
    ARCH=x64
    WANTED_SHA256=$(filled "$SHA256_X64")
    ;;
  aarch64 | arm64)
    ARCH=arm64
    WANTED_SHA256=$(filled "$SHA256_ARM64")
    ;;
  *) fail "there is no agent for $(uname -m) processors: x86_64 and aarch64 are served" ;;
esac
for TOOL in tar gzip sha256sum mktemp; do
  command -v "$TOOL" >/dev/null 2>&1 || fail "$TOOL is needed and not installed"
done
if [ -z "$PREFIX" ]; then
  [ "$(id -u)" = 0 ] || fail "run it as root (sudo)"
fi
[ -n "$BUNDLE" ] || [ -n "$API_URL" ] || fail "the address of the API is needed: --api <url>"
API_URL=${API_URL%/}
# Over plain http anybody between could hand out another program. The loopback of this machine has no between.
case $API_URL in
  '' | https://*) ;;
  http://localhost | http://localhost[:/]* | http://127.0.0.1 | http://127.0.0.1[:/]* | http://\[::1\] | http://\[::1\][:/]*) ;;
  http://*) fail "$API_URL is not safe: the API must be reached by https" ;;
  *) fail "$API_URL is no address of an API; it looks like https://loopstart.example.com" ;;
esac

TARGET=$PREFIX/opt/loopstart-agent
STATE=$PREFIX/var/lib/loopstart-agent
UNIT_FOLDER=$PREFIX/etc/systemd/system
COMMAND=$PREFIX/usr/local/bin/loopstart-agent
IDENTITY=$STATE/identity.json

if [ ! -s "$IDENTITY" ] || [ -n "$AGAIN" ]; then
  if [ -z "$TOKEN" ] && [ -t 1 ] && [ -r /dev/tty ]; then
    printf 'Token from the console: ' >/dev/tty
    stty -echo </dev/tty
    read -r TOKEN </dev/tty || TOKEN=
    stty echo </dev/tty
    printf '\n' >/dev/tty
  fi
  [ -n "$TOKEN" ] || fail "a token from the console is needed: --token <token>"
  [ -n "$API_URL" ] || fail "the address of the API is needed: --api <url>"
fi

WORK=$(mktemp -d) || fail "cannot make a temporary folder"
trap 'rm -rf "$WORK"' EXIT
trap 'exit 1' HUP INT TERM

fetch() {
  if command -v curl >/dev/null 2>&1; then
    # A redirect must not lead away from https.
    case $1 in https:*) PROTOCOLS='=https' ;; *) PROTOCOLS='=http,https' ;; esac
    curl -fsSL --proto "$PROTOCOLS" --proto-redir "$PROTOCOLS" --retry 3 --connect-timeout 15 -o "$2" "$1" || fail "cannot download $1"
  elif command -v wget >/dev/null 2>&1; then
    wget -q -O "$2" "$1" || fail "cannot download $1"
  else
    fail "curl or wget is needed and neither is installed"
  fi
}

# --- The bundle ----------------------------------------------------------------------------------------------------
NAME=loopstart-agent-linux-$ARCH.tar.gz
if [ -n "$BUNDLE" ]; then
  [ -r "$BUNDLE" ] || fail "cannot read $BUNDLE"
  cp "$BUNDLE" "$WORK/$NAME"
  if [ -z "$WANTED_SHA256" ] && [ -r "$BUNDLE.sha256" ]; then
    WANTED_SHA256=$(cut -d ' ' -f 1 "$BUNDLE.sha256")
  fi
else
  say "Downloading $API_URL/agent/$NAME"
  fetch "$API_URL/agent/$NAME" "$WORK/$NAME"
  if [ -z "$WANTED_SHA256" ]; then
    fetch "$API_URL/agent/$NAME.sha256" "$WORK/$NAME.sha256"
    WANTED_SHA256=$(cut -d ' ' -f 1 "$WORK/$NAME.sha256")
  fi
fi
[ -n "$WANTED_SHA256" ] || fail "there is no checksum for the bundle ($BUNDLE.sha256)"
FOUND_SHA256=$(sha256sum "$WORK/$NAME" | cut -d ' ' -f 1)
[ "$FOUND_SHA256" = "$WANTED_SHA256" ] ||
  fail "the bundle is damaged or not the expected one: its SHA-256 is $FOUND_SHA256, not $WANTED_SHA256"

tar -xzf "$WORK/$NAME" -C "$WORK" || fail "the bundle cannot be unpacked"
NEW=$WORK/loopstart-agent
"$NEW/bin/loopstart-agent" --version >/dev/null || fail "the agent does not run on this machine"

# --- The program ---------------------------------------------------------------------------------------------------
VERSION=$("$NEW/bin/loopstart-agent" --version)
say "Installing version $VERSION into $TARGET"
mkdir -p "$PREFIX/opt" "$PREFIX/usr/local/bin" "$UNIT_FOLDER" || fail "cannot write below ${PREFIX:-/}"
rm -rf "$TARGET.new" "$TARGET.old"
cp -R "$NEW" "$TARGET.new" || fail "cannot copy the agent to $TARGET.new: is the disk full?"
# Also under a strict umask the agent's user must be able to run it.
chmod -R a+rX,go-w "$TARGET.new"
if [ -d "$TARGET" ]; then mv "$TARGET" "$TARGET.old"; fi
mv "$TARGET.new" "$TARGET"
rm -rf "$TARGET.old"
ln -sf /opt/loopstart-agent/bin/loopstart-agent "$COMMAND"

if [ -z "$PREFIX" ] && ! id "$USER_NAME" >/dev/null 2>&1; then
  say "Making the user $USER_NAME"
  NOLOGIN=$(command -v nologin || echo /bin/false)
  useradd --system --user-group --home-dir "$STATE" --no-create-home --shell "$NOLOGIN" "$USER_NAME" ||
    fail "cannot make the user $USER_NAME"
fi
mkdir -p "$STATE"
chmod 700 "$STATE"
# The folder is the agent's; what lies in it is written by the agent's user alone, never by root: whoever controls that
# user could have put links there.
[ -n "$PREFIX" ] || chown "$USER_NAME:$USER_NAME" "$STATE"

# --- The identity --------------------------------------------------------------------------------------------------
if [ -s "$IDENTITY" ] && [ -z "$AGAIN" ]; then
  say "Keeping the identity that is there"
else
  say "Enrolling at $API_URL"
  if [ -n "$AGAIN" ] && [ -z "$PREFIX" ] && [ -d /run/systemd/system ]; then
    systemctl stop loopstart-agent 2>/dev/null || true
  fi
  set -- enrol --state-dir "$STATE" --api "$API_URL"
  [ -z "$CA_SHA256" ] || set -- "$@" --ca-sha256 "$CA_SHA256"
  [ -z "$AGAIN" ] || set -- "$@" --again
  # The token travels in the environment, which other users cannot read; as root, the agent becomes the folder's owner.
  LOOPSTART_TOKEN=$TOKEN "$TARGET/bin/loopstart-agent" "$@" || fail "the agent is installed but not enrolled; run this again with a fresh token"
fi

# --- The service ---------------------------------------------------------------------------------------------------
cp "$TARGET/loopstart-agent.service" "$UNIT_FOLDER/loopstart-agent.service"
if [ -n "$PREFIX" ]; then
  say "Installed below $PREFIX; no service was started"
elif ! command -v systemctl >/dev/null 2>&1 || [ ! -d /run/systemd/system ]; then
  say "There is no systemd here: start it with 'loopstart-agent run'"
else
  systemctl daemon-reload
  if [ -n "$START" ]; then
    systemctl enable --quiet loopstart-agent
    systemctl restart loopstart-agent || fail "the service does not start; 'journalctl -u loopstart-agent' tells why"
    say "The agent is running; 'sudo loopstart-agent status' tells how it is"
  else
    systemctl enable --quiet loopstart-agent
    say "Installed; 'systemctl start loopstart-agent' starts it"
  fi
fi
