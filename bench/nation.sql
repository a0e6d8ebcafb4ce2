-- A country's worth of people, letters, grants and requests. Each statement ends with a line `;`.
CREATE FUNCTION pg_temp.number(kind int, n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
    SELECT (lpad(to_hex(kind), 8, '0') || '-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid
$$
;
INSERT INTO organizations_agency (code, name, short, kind)
SELECT 'Z' || n, 'Lembaga Contoh ' || n, '', 'agency'
  FROM generate_series(1, greatest(0, 660 - (SELECT count(*)::int FROM organizations_agency))) n
;
-- 400 units below one of the large agency, the others below the first unit of each agency.
INSERT INTO organizations_unit (code, agency_id, parent_id, name, path, address, zone)
SELECT %(unit)s || '.' || n, %(agency)s, %(unit)s, 'Bagian ' || n,
       %(unit)s || '/' || %(unit)s || '.' || n || '/', '', 'Asia/Jakarta'
  FROM generate_series(1, 400) n
;
INSERT INTO organizations_unit (code, agency_id, name, path, address, zone)
SELECT a.code || '.B' || n, a.code, 'Bidang ' || n, a.code || '.B' || n || '/', '',
       (ARRAY['Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura'])[1 + mod(a.at, 3)]
  FROM (SELECT code, row_number() OVER (ORDER BY code) AS at FROM organizations_agency
         WHERE code <> %(agency)s) a, generate_series(1, 19) n
;
CREATE TEMP TABLE spot AS
SELECT row_number() OVER (ORDER BY agency_id <> %(agency)s, agency_id, code) - 1 AS at,
       agency_id AS agency, code AS unit, agency_id = %(agency)s AS large
  FROM organizations_unit
;
CREATE TEMP TABLE size AS
SELECT count(*) FILTER (WHERE large) AS large, count(*) FILTER (WHERE NOT large) AS rest FROM spot
;
-- One in sixteen belongs to the large agency.
CREATE TEMP TABLE someone AS
SELECT p, pg_temp.number(1, p) AS id,
       CASE WHEN mod(p, 16) = 0 THEN mod(p / 16, large) ELSE large + mod(p, rest) END AS at
  FROM generate_series(1, %(people)s) p, size
;
INSERT INTO accounts_person
       (id, username, kind, name, email, email_verified_at, pending_email, nik, nik_lookup, agency,
        unit_text, state, language, created_at, verified_at, must_be_seen)
SELECT id, 'orang' || p, 'pns',
       'Pegawai ' || translate(p::text, '0123456789', 'abcdefghij'), 'orang' || p || '@contoh.go.id',
       now(), '', %(nik)s, sha256(('nik' || p)::bytea), spot.agency, '',
       CASE mod(p, 100) WHEN 77 THEN 'suspended' WHEN 79 THEN 'closed' ELSE 'verified' END, 'id',
       now() - interval '2 years', now() - interval '2 years', false
  FROM someone JOIN spot USING (at)
;
-- Five letters a unit: two of them end with the year, one in a hundred early, one was revoked.
INSERT INTO organizations_appointmentletter
       (id, reference, number, signed_on, signer_name, signer_position, agency_id, valid,
        document_id, state, roles, check_reason, revoke_reason, created_by, created_at,
        checked_by, checked_at, revoked_at, revoked_by)
SELECT pg_temp.number(2, m), 'SKX-' || m, '821/' || m, current_date - 600, 'Pejabat', 'Sekretaris',
       agency,
       daterange(current_date - 600, current_date +
           CASE WHEN mod(m, 100) = 7 THEN 20 WHEN mod(m, 5) < 2 THEN 40 ELSE 1300 END),
       (SELECT id FROM documents_document LIMIT 1),
       CASE WHEN mod(m, 100) = 9 THEN 'revoked' ELSE 'checked' END, '[]', '', '',
       pg_temp.number(1, 1), now(), pg_temp.number(1, 2), now(),
       CASE WHEN mod(m, 100) = 9 THEN now() END,
       CASE WHEN mod(m, 100) = 9 THEN pg_temp.number(1, 2) END
  FROM spot, generate_series(at * 5, at * 5 + 4) m
;
-- One grant each; then up to three more for two people in five, with other roles near by.
CREATE TEMP TABLE given AS
SELECT g, p, k, id AS person, spot.*,
       CASE WHEN k = 0 AND mod(p, 1000) = 6 THEN 'ppspm'
            WHEN k >= 0 THEN (ARRAY['kepala_unit', 'pa', 'kpa'])[k + 1]
            WHEN mod(p, 200) = 8 THEN 'verifikator'
            WHEN mod(p, 500) = 3 THEN 'apip' WHEN mod(p, 500) = 4 THEN 'admin_instansi'
            ELSE (ARRAY['ppk', 'ppk', 'ppk', 'pp', 'pp', 'pp', 'bendahara', 'bendahara', 'ppspm',
                        CASE WHEN p > %(several)s THEN 'kpa' ELSE 'pokja' END])[1 + mod(p, 10)]
       END AS role,
       (ARRAY['revoked', 'revoked', 'revoked', 'revoked', 'suspended', 'approved', 'approved'])
           [1 + mod(g / 7, 50)] AS stopped,
       current_date - mod(g * 13, 500)::int AS first,
       CASE WHEN mod(g, 5) < 2 THEN current_date + 40
            ELSE current_date - mod(g * 13, 500)::int + 300 + mod(g * 17, 800)::int END AS after
  FROM (SELECT g,
               CASE WHEN g <= %(people)s THEN g ELSE mod(g - %(people)s - 1, %(several)s) + 1 END AS p,
               CASE WHEN g <= %(people)s THEN -1
                    ELSE ((g - %(people)s - 1) / %(several)s)::int END AS k
          FROM generate_series(1, %(grants)s) g) AS drawn
  JOIN (SELECT p, id, at AS home FROM someone) AS someone USING (p)
  JOIN spot ON spot.at = home + greatest(k, 0)
;
INSERT INTO access_accessrequest
       (id, reference, person_id, role, agency_id, unit_id, kind, standing, details, state, level,
        created_at, submitted_at, due_at, decided_by_id, decided_at, reason_code, reason)
SELECT pg_temp.number(4, g), 'AKX-' || g, person, role, agency, unit, 'new', 'definitive', '{}',
       'approved', 'agency', now() - interval '1 year', now() - interval '1 year', now(),
       pg_temp.number(1, p + 1), now() - interval '300 days', '', ''
  FROM given WHERE g <= %(decided)s
;
-- Two million times what the trigger finds for a single one is found faster by a join.
ALTER TABLE access_grant DISABLE TRIGGER USER
;
INSERT INTO access_grant
       (id, person_id, role, agency_id, unit_id, letter_id, request_id, standing, delegable, state,
        valid, ends_before, approved_at, activated_at, ended_at, end_reason, recorded_at)
SELECT pg_temp.number(3, g), person, role, agency,
       CASE WHEN role IN ('apip', 'admin_instansi') OR role = 'verifikator' AND mod(p, 400) = 8
            THEN NULL ELSE unit END,
       letter.id, CASE WHEN g <= %(decided)s THEN pg_temp.number(4, g) END,
       'definitive', role = 'verifikator', coalesce(stopped, 'active'), daterange(first, after),
       least(after, upper(letter.valid)), now() - interval '500 days',
       CASE WHEN coalesce(stopped, '') <> 'approved' THEN now() - interval '500 days' END,
       CASE WHEN stopped = 'revoked' THEN now() - interval '20 days' END, '',
       now() - interval '500 days'
  FROM given
  LEFT JOIN (SELECT id, valid FROM organizations_appointmentletter) AS letter
    ON role <> 'kepala_unit' AND letter.id = pg_temp.number(2, at * 5 + mod(g, 5))
;
ALTER TABLE access_grant ENABLE TRIGGER USER
;
-- Their days were changed once: what was believed before stays behind.
INSERT INTO access_grant
       (id, person_id, role, agency_id, unit_id, letter_id, standing, delegable, state, valid,
        approved_at, activated_at, end_reason, recorded_at, superseded_at, version_of_id)
SELECT pg_temp.number(5, g), person_id, grant_row.role, agency_id, unit_id, letter_id, 'definitive',
       false, 'active', valid, approved_at, approved_at, '', recorded_at,
       now() - interval '90 days', grant_row.id
  FROM given JOIN access_grant AS grant_row ON grant_row.id = pg_temp.number(3, g)
 WHERE mod(g, 50) = 1
;
-- Renewed: the next one begins when this one ends.
INSERT INTO access_grant
       (id, person_id, role, agency_id, unit_id, standing, delegable, state, valid, approved_at,
        end_reason, recorded_at, follows_id)
SELECT pg_temp.number(6, g), person_id, grant_row.role, agency_id, unit_id, 'definitive', false,
       'approved', daterange(after, after + 365), now(), '', now(), grant_row.id
  FROM given JOIN access_grant AS grant_row ON grant_row.id = pg_temp.number(3, g)
 WHERE mod(g, 100) = 5
;
INSERT INTO access_grant
       (id, person_id, role, agency_id, standing, principal_id, rests_on_id, delegable, state,
        valid, approved_at, activated_at, end_reason, recorded_at)
SELECT pg_temp.number(7, g), pg_temp.number(1, p + 1), role, agency, 'delegate', person,
       pg_temp.number(3, g), false, 'active', daterange(current_date - 5, current_date + 20),
       now(), now(), '', now()
  FROM given WHERE g <= %(people)s AND mod(p, 400) = 8
;
INSERT INTO access_grantpause (id, grant_id, since, reason)
SELECT gen_random_uuid(), id, now() - interval '30 days', ''
  FROM access_grant WHERE state = 'suspended'
;
-- All were told in the night of their step, but those whose step is today.
INSERT INTO access_expirynotice (id, grant_id, last_day, days, sent_at)
SELECT gen_random_uuid(), id, last, step, now() - interval '1 day'
  FROM (SELECT id, ends_before - 1 AS last FROM access_grant
         WHERE state = 'active' AND superseded_at IS NULL) AS ending,
       LATERAL (SELECT min(step) AS step FROM unnest(ARRAY[1, 7, 14, 30, 60]) AS step
                 WHERE step >= last - current_date) AS due
 WHERE last - current_date BETWEEN 0 AND 59 AND last - current_date <> step
;
-- Waiting: a quarter in the large agency, one in five taken, some late, some one level up.
INSERT INTO access_accessrequest
       (id, reference, person_id, role, agency_id, unit_id, kind, standing, details, state, level,
        created_at, submitted_at, due_at, escalated_at, claimed_by_id, claimed_at, reason_code,
        reason)
SELECT pg_temp.number(8, w), 'AKW-' || w, id, (ARRAY['pp', 'ppk', 'bendahara'])[1 + mod(w, 3)],
       agency, unit, 'new', 'definitive', '{}',
       CASE WHEN mod(w, 5) = 0 THEN 'in_review' ELSE 'submitted' END,
       CASE WHEN mod(w, 20) = 7 THEN 'platform' ELSE 'agency' END,
       now() - interval '2 days', now() - interval '1 day',
       now() + make_interval(mins => mod(w * 37, 4300) - 60),
       CASE WHEN mod(w, 20) = 7 THEN now() END,
       CASE WHEN mod(w, 5) = 0 THEN pg_temp.number(1, 8 + 200 * mod(w / 5, 400)) END,
       CASE WHEN mod(w, 5) = 0 THEN now() - make_interval(mins => mod(w, 90)) END, '', ''
  FROM generate_series(1, %(waiting)s) w
  JOIN someone ON p = CASE WHEN w <= %(waiting)s / 4 THEN 16 * w ELSE 16 * w + 5 END
  JOIN spot USING (at)
;
