-- Entries of two years, each with its actor's personal part; the texts need no escaping in JSON.
-- One month: its first moment and how many entries, in milliseconds between two.
INSERT INTO {events} (id, xid, recorded_at, occurred_at, name, readers, result, actor_person,
    actor_username, actor_role, grant_id, agency, unit, session, request_id, subject_kind,
    subject_id, subject_label, person, on_behalf_of, facts, before, after, commitments)
SELECT (lpad(to_hex(%(first)s + (n * %(step)s)::bigint), 12, '0') || '7' || lpad(to_hex(n %% 4096), 3, '0')
        || 'a000' || lpad(to_hex(n), 12, '0'))::uuid,
       '3'::xid8, at, at, (%(names)s::text[])[1 + n * 7 %% cardinality(%(names)s::text[])],
       'agency', CASE WHEN n %% 50 = 0 THEN 'refused' ELSE 'done' END,
       md5('p' || who)::uuid, 'pegawai' || who,
       (ARRAY['ppk', 'pp', 'verifikator', 'pa', 'admin_instansi', 'penyedia'])[1 + who %% 6],
       NULL, 'K' || lpad((who %% 660)::text, 3, '0'), '', md5('s' || (n / 7))::uuid,
       md5('r' || (n / 2)),
       (ARRAY['access_request', 'order', 'letter', 'person'])[1 + n %% 4],
       md5('t' || thing)::uuid::text,
       (ARRAY['AKS', 'SP', 'SK', 'U'])[1 + n %% 4] || '-2026-' || lpad(thing::text, 7, '0'),
       CASE WHEN n %% 4 = 3 THEN md5('p' || thing %% 500000)::uuid END, '',
       ('{{"number":"' || thing || '","reason":"alasan ' || n %% 1000 || ' lengkap"}}')::json, NULL, NULL,
       ('{{"actor.ip":"' || encode(sha256(n::text::bytea), 'base64') || '"}}')::json
  FROM (SELECT n, hashint4((n + %(salt)s)::int) & 2147483647 AS random,
               to_timestamp((%(first)s + (n * %(step)s)::bigint) / 1000.0) AS at
          FROM generate_series(0, %(entries)s - 1) n) a,
       LATERAL (SELECT random %% 500000 AS who, random %% (%(total)s / 12) AS thing) b
;
INSERT INTO {parts} (event_id, part, person, sealed, address)
SELECT id, 'actor', actor_person, decode(repeat('ab', 60), 'hex'),
       sha256(('a' || actor_username)::bytea)
  FROM {events} WHERE xid = '3'::xid8
;
