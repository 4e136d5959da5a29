/**
 * Decides, from what every member sees, which step comes next. An awk program: reads one line for each pair of viewer and
 * node, prints the commands of the first stage that has something to do, and nothing once the cluster has its shape.
 *
 * Columns: shard, rank and address of the viewer; id, ip, port, bus port, host name, flags, primary, link, slots and open
 * slots of the node, address that the viewer replicates (`-` is none). Variables: `shards` declared, `silent` members that did not answer, `everyone` 1 to
 * introduce all pairs instead of all to the first.
 *
 * What could lose data needs more than a look:
 * - a replica leaves its primary only for one that owns slots, or when the old one owns none or is alive elsewhere;
 * - a node is forgotten, and free slots are given out, only while every declared member answers;
 * - a forgotten node that owned slots must have been replaced under its own name, and have no replica left to promote,
 *   which itself takes the votes of a majority.
 */
export const REDIS_STEPS = `
{
  seen[$3, $4] = $5 " " $6
  if (!($4 in known)) order[++nodes] = $4
  known[$4] = 1
  if ($9 ~ /(^|,)(fail|noaddr)(,|$)/) dead[$4] = 1
  if ($9 ~ /handshake/) shaking[$4] = 1
  if ($8 != "-") named[$4] = $8
  if ($12 != "-") { owned[$4] = $12; cover($12) }
  if ($9 ~ /myself/) {
    n++
    shard[n] = $1; rank[n] = $2; address[n] = $3; id[n] = $4; ip[n] = $5; port[n] = $6; bus[n] = $7
    primary[n] = $9 ~ /master/ ? "-" : $10
    slots[n] = $12; open[n] = $13; source[n] = $14
    member[$4] = n
    if ($8 != "-") declared[$8] = 1
  }
}
function cover(list,   i, k, part, edge) {
  k = split(list, part, ",")
  for (i = 1; i <= k; i++) {
    split(part[i], edge, "-")
    from = edge[1] + 0; to = (edge[2] == "" ? edge[1] : edge[2]) + 0
    while (from <= to) covered[from++] = 1
  }
}
function ghost(node) { return !(node in member) && !(node in shaking) && (node in dead) }
function emit(line) { print line; said = 1 }
# The member that leads a shard, 0 if the owner of its slots is not here, -1 if there is none to choose.
function leader(s,   i, j) {
  for (i = 1; i <= n; i++) if (shard[i] == s && slots[i] != "-") return i
  for (i = 1; i <= n; i++) if (shard[i] == s && (primary[i] in owned) && !(primary[i] in member)) return 0
  for (i = 1; i <= n; i++) for (j = 1; j <= n; j++) if (shard[i] == s && shard[j] == s && primary[j] == id[i]) return i
  for (i = 1; i <= n; i++) if (shard[i] == s && primary[i] == "-") return i
  return -1
}
function meet(   i, j) {
  for (i = 1; i <= n; i++) for (j = 1; j <= n; j++)
    if (i != j && seen[address[i], id[j]] != ip[j] " " port[j]) {
      waiting = 1
      if (everyone || i == 1 || j == 1) emit("meet " address[i] " " ip[j] " " port[j] " " bus[j])
    }
  if (waiting && !said) emit("wait")
}
function promote(   i, taken) {
  for (i = 1; i <= n; i++)
    if ((primary[i] in owned) && ghost(primary[i]) && !(primary[i] in taken)) {
      taken[primary[i]] = 1
      emit("promote " address[i])
    }
}
# A replica may know its primary and yet replicate the address it had before: redis/redis issues 13572 and 14633.
function attach(   s, i, head) {
  for (s = 0; s < shards; s++) {
    head = leader(s)
    if (head < 0) emit("conflict - shard " s " has only replicas of other shards")
    if (head <= 0) continue
    for (i = 1; i <= n; i++) {
      if (shard[i] != s || i == head || (primary[i] == id[head] && source[i] == ip[head])) continue
      if (slots[i] != "-") emit("conflict " address[i] " owns slots beside " address[head] " in one shard")
      else if (primary[i] == "-" || !(primary[i] in owned) || (primary[i] in member)) emit("attach " address[i] " " id[head])
    }
  }
}
function forget(   i, k, node) {
  for (k = 1; k <= nodes; k++) {
    node = order[k]
    if (!ghost(node)) continue
    if ((node in owned) && !((node in named) && (named[node] in declared))) {
      emit("conflict - slots " owned[node] " belong to " node ", which is dead and not declared: bring it back, or forget it by hand")
      continue
    }
    for (i = 1; i <= n; i++) if ((address[i], node) in seen) emit("forget " address[i] " " node)
  }
}
function assign(   s, a, b, x, start, head) {
  for (s = 0; s < shards; s++) {
    a = int(s * 16384 / shards); b = int((s + 1) * 16384 / shards) - 1
    for (x = a; x <= b; x++) {
      if (x in covered) continue
      start = x
      while (x < b && !((x + 1) in covered)) x++
      head = leader(s)
      if (head > 0 && primary[head] == "-") emit("assign " address[head] " " start " " x)
      else emit("conflict - slots " start "-" x " are free and shard " s " has no primary")
    }
  }
}
# A slot that only one side believes to be moving: the move was cut short.
function settle(   i, j, k, part, mark) {
  for (i = 1; i <= n; i++) {
    k = split(open[i], part, ";")
    for (j = 1; j <= k; j++) {
      if (part[j] == "-" || part[j] == "") continue
      split(part[j], mark, /-[<>]-/)
      other = (mark[2] in member) ? open[member[mark[2]]] : ""
      back = mark[1] (part[j] ~ /-<-/ ? "->-" : "-<-") id[i]
      if (index(";" other ";", ";" back ";") == 0) emit("settle " address[i] " " mark[1])
    }
  }
}
END {
  meet(); if (said) exit
  if (!silent) promote(); if (said) exit
  attach(); if (said) exit
  if (!silent) forget(); if (said) exit
  if (!silent) assign(); if (said) exit
  settle()
}
`;

/** Turns a member's CLUSTER NODES into lines for the plan. Variables: `shard`, `rank`, `address` and `source` of the viewer. */
export const REDIS_VIEW = `
{
  split($2, half, "@")
  split(half[2], extra, ",")
  port = half[1]; sub(/.*:/, "", port)
  ip = substr(half[1], 1, length(half[1]) - length(port) - 1)
  slots = ""; open = ""
  for (i = 9; i <= NF; i++) {
    if ($i ~ /^[[]/) open = open (open == "" ? "" : ";") substr($i, 2, length($i) - 2)
    else slots = slots (slots == "" ? "" : ",") $i
  }
  print shard, rank, address, $1, (ip == "" ? "-" : ip), port, extra[1], (extra[2] == "" ? "-" : extra[2]), $3, $4, $8, \\
    (slots == "" ? "-" : slots), (open == "" ? "-" : open), source
}
`;
