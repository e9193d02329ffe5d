-- A ledger of format 1, as Communiqué 0.1.0 made it: what an older ledger looks like.
PRAGMA application_id=1129140565;
CREATE TABLE meta ( "key" TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY ("key") );
CREATE TABLE pages ( doc_id TEXT NOT NULL, content BLOB NOT NULL, media_type TEXT NOT NULL, url TEXT, meta TEXT NOT NULL, sha256 TEXT NOT NULL, recorded TEXT NOT NULL, PRIMARY KEY (doc_id) );
CREATE TABLE families ( family_id TEXT NOT NULL, fullest TEXT NOT NULL, whole TEXT NOT NULL, PRIMARY KEY (family_id) );
CREATE TABLE stories ( story_id TEXT NOT NULL, title TEXT, whole TEXT NOT NULL, PRIMARY KEY (story_id) );
CREATE TABLE facts ( fact_id TEXT NOT NULL, kind TEXT NOT NULL, type TEXT, about TEXT NOT NULL, earliest DATE, latest DATE, factuality TEXT NOT NULL, whole TEXT NOT NULL, PRIMARY KEY (fact_id) );
CREATE INDEX facts_time ON facts (earliest, latest, fact_id);
CREATE TABLE problems ( path TEXT NOT NULL, place TEXT NOT NULL, message TEXT NOT NULL, PRIMARY KEY (path, place, message) );
CREATE TABLE judgements ( judgement_id TEXT NOT NULL, verdict TEXT NOT NULL, "by" TEXT NOT NULL, at TEXT NOT NULL, whole TEXT NOT NULL, PRIMARY KEY (judgement_id) );
CREATE TABLE sightings ( doc_id TEXT NOT NULL, path TEXT NOT NULL, PRIMARY KEY (doc_id, path), FOREIGN KEY(doc_id) REFERENCES pages (doc_id) );
CREATE INDEX sightings_path ON sightings (path);
CREATE TABLE documents ( doc_id TEXT NOT NULL, title TEXT, publisher TEXT, agency TEXT, language TEXT, earliest DATE, latest DATE, published TEXT, text TEXT NOT NULL, regions TEXT NOT NULL, PRIMARY KEY (doc_id), FOREIGN KEY(doc_id) REFERENCES pages (doc_id) );
CREATE TABLE disagreements ( number INTEGER NOT NULL, fact_id TEXT NOT NULL, reason TEXT NOT NULL, whole TEXT NOT NULL, PRIMARY KEY (number), FOREIGN KEY(fact_id) REFERENCES facts (fact_id) );
CREATE TABLE statements ( statement_id TEXT NOT NULL, doc_id TEXT NOT NULL, kind TEXT NOT NULL, type TEXT, start INTEGER NOT NULL, "end" INTEGER NOT NULL, quote TEXT NOT NULL, earliest DATE, latest DATE, factuality TEXT NOT NULL, origin TEXT, rule TEXT NOT NULL, score FLOAT NOT NULL, whole TEXT NOT NULL, PRIMARY KEY (statement_id), FOREIGN KEY(doc_id) REFERENCES documents (doc_id) );
CREATE INDEX statements_place ON statements (doc_id, start, "end", kind, type, statement_id);
CREATE INDEX statements_kind ON statements (kind, type);
CREATE TABLE family_documents ( doc_id TEXT NOT NULL, family_id TEXT NOT NULL, PRIMARY KEY (doc_id), FOREIGN KEY(doc_id) REFERENCES documents (doc_id), FOREIGN KEY(family_id) REFERENCES families (family_id) );
CREATE TABLE story_documents ( doc_id TEXT NOT NULL, story_id TEXT NOT NULL, PRIMARY KEY (doc_id), FOREIGN KEY(doc_id) REFERENCES documents (doc_id), FOREIGN KEY(story_id) REFERENCES stories (story_id) );
CREATE TABLE stretches ( stretch_id INTEGER NOT NULL, doc_id TEXT NOT NULL, start INTEGER, "end" INTEGER, says BOOLEAN NOT NULL, PRIMARY KEY (stretch_id), FOREIGN KEY(doc_id) REFERENCES documents (doc_id) );
CREATE INDEX stretches_place ON stretches (doc_id, start, "end");
CREATE VIEW stretch_words AS SELECT s.stretch_id AS stretch_id, CASE WHEN s.start IS NULL THEN d.title ELSE substr(d.text, s.start + 1, s."end" - s.start) END AS words FROM stretches s JOIN documents d ON d.doc_id = s.doc_id;
CREATE VIRTUAL TABLE stretch_index USING fts5( words, content='stretch_words', content_rowid='stretch_id', tokenize='porter unicode61 remove_diacritics 2' );
CREATE TABLE participants ( statement_id TEXT NOT NULL, position INTEGER NOT NULL, role TEXT NOT NULL, actor_id TEXT NOT NULL, state TEXT, name TEXT NOT NULL, PRIMARY KEY (statement_id, position), FOREIGN KEY(statement_id) REFERENCES statements (statement_id) );
CREATE INDEX participants_state ON participants (state);
CREATE INDEX participants_actor ON participants (actor_id);
CREATE TABLE fact_statements ( statement_id TEXT NOT NULL, fact_id TEXT NOT NULL, PRIMARY KEY (statement_id), FOREIGN KEY(statement_id) REFERENCES statements (statement_id), FOREIGN KEY(fact_id) REFERENCES facts (fact_id) );
CREATE INDEX fact_statements_fact ON fact_statements (fact_id);
INSERT INTO "meta" VALUES ('format', '1');
INSERT INTO "meta" VALUES ('package', '0.1.0');
INSERT INTO "pages" VALUES ('f8899e0c261c0aea', x'789c2d8bbd0d83400c85fb9be24dc010d0a5668127ce17ac0473b2dd64872c9239a2ec058a68bf9fd985f942e8dda4967263a7815631ba26d52e03a24a135b04f93f8632af824d4d23c503dda971767952972753778b553bf68689edfbc1ef1d7c70380004c329c8', 'text/plain', NULL, '{}', '4ba758b013f1cbde8b5e27f8e3d317f5a0afea06255a700992c293e9f074529e', '2026-11-21T20:56:01+00:00');
INSERT INTO "pages" VALUES ('c6690794cc6978df', x'789c0b29cacf2f285648cb2f5270492c2acfcce3e2722c2d2e294accc94c5428cfccc951c8c82f2e5130d231303050702aca2cc92cce5028016bd20300838b14dc', 'text/plain', NULL, '{}', 'bef92f855eda0f2421b45e202c03adfc96840646ac41943ca4a6a6b9e3827b77', '2026-11-21T20:56:01+00:00');
INSERT INTO "families" VALUES ('ffffffffffffffff', 'c6690794cc6978df', '{"family_id":"ffffffffffffffff","doc_ids":["c6690794cc6978df","f8899e0c261c0aea"],"fullest":"c6690794cc6978df"}');
INSERT INTO "facts" VALUES ('0000000000000000', 'event', 'AGREE', 'it', NULL, NULL, 'actual', '{"fact_id":"0000000000000000","kind":"event","type":"AGREE","about":"it","statement_ids":["bddd1220747036ac"],"origins":["AP"],"when":null,"factuality":"actual"}');
INSERT INTO "facts" VALUES ('1111111111111111', 'event', 'AGREE', 'it', NULL, NULL, 'actual', '{"fact_id":"1111111111111111","kind":"event","type":"AGREE","about":"it","statement_ids":["cfddb8d25ea8fde5"],"origins":["AP"],"when":null,"factuality":"actual"}');
INSERT INTO "facts" VALUES ('2222222222222222', 'event', 'AGREE', 'it', NULL, NULL, 'actual', '{"fact_id":"2222222222222222","kind":"event","type":"AGREE","about":"it","statement_ids":["0dede229852ad093"],"origins":["AP"],"when":null,"factuality":"actual"}');
INSERT INTO "problems" VALUES ('pages/broken.bin', '', 'is no page');
INSERT INTO "judgements" VALUES ('6e4c450674f278e9', 'wrong', 'Ada', '2023-02-01T00:00:00+00:00', '{"verdict":"wrong","about":["0dede229852ad093"],"by":"Ada","at":"2023-02-01T00:00:00+00:00","field":null,"value":null,"note":""}');
INSERT INTO "sightings" VALUES ('f8899e0c261c0aea', 'pages/treaty.txt');
INSERT INTO "sightings" VALUES ('c6690794cc6978df', 'pages/troops.txt');
INSERT INTO "documents" VALUES ('f8899e0c261c0aea', 'Treaty signed', 'the-gazette', NULL, 'en', '2023-01-10', '2023-01-12', '{"earliest":"2023-01-10","latest":"2023-01-12","best":null,"precision":"range","grounds":[]}', 'Treaty signed

Japan and Britain signed a defence treaty.
The ministers praised the relationship of Café Ōsaka.', '[{"start":0,"end":13,"label":"title"},{"start":15,"end":111,"label":"body"}]');
INSERT INTO "documents" VALUES ('c6690794cc6978df', 'Troops for Darwin', 'the-gazette', NULL, 'en', NULL, NULL, 'null', 'Troops for Darwin

Australia will host 2,000 British troops.', '[{"start":0,"end":17,"label":"title"},{"start":19,"end":60,"label":"body"}]');
INSERT INTO "statements" VALUES ('cfddb8d25ea8fde5', 'f8899e0c261c0aea', 'event', 'AGREE', 15, 57, 'Japan and Britain signed a defence treaty.', '2023-01-11', '2023-01-11', 'actual', 'AP', 'test', 1.0, '{"start":15,"end":57,"type":"AGREE","actors":[{"role":"party","id":"JPN","name":"Japan","kind":"state","state":"JPN","start":15,"end":16},{"role":"party","id":"GBR","name":"Britain","kind":"state","state":"GBR","start":15,"end":16}],"when":{"earliest":"2023-01-11","latest":"2023-01-11","precision":"day","text":null},"rule":"test"}');
INSERT INTO "statements" VALUES ('0dede229852ad093', 'f8899e0c261c0aea', 'event', 'SUPPORT', 58, 111, 'The ministers praised the relationship of Café Ōsaka.', NULL, NULL, 'actual', 'AP', 'test', 1.0, '{"start":58,"end":111,"type":"SUPPORT","actors":[{"role":"party","id":"JPN","name":"Japan","kind":"state","state":"JPN","start":58,"end":59}],"rule":"test"}');
INSERT INTO "statements" VALUES ('bddd1220747036ac', 'c6690794cc6978df', 'event', 'DEPLOY', 19, 60, 'Australia will host 2,000 British troops.', NULL, NULL, 'planned', 'AP', 'test', 1.0, '{"start":19,"end":60,"type":"DEPLOY","actors":[{"role":"party","id":"AUS","name":"Australia","kind":"state","state":"AUS","start":19,"end":20},{"role":"party","id":"GBR","name":"Britain","kind":"state","state":"GBR","start":19,"end":20}],"factuality":"planned","rule":"test"}');
INSERT INTO "family_documents" VALUES ('c6690794cc6978df', 'ffffffffffffffff');
INSERT INTO "family_documents" VALUES ('f8899e0c261c0aea', 'ffffffffffffffff');
INSERT INTO "stretches" VALUES (1, 'f8899e0c261c0aea', 0, 13, 0);
INSERT INTO "stretches" VALUES (2, 'f8899e0c261c0aea', 15, 57, 1);
INSERT INTO "stretches" VALUES (3, 'f8899e0c261c0aea', 58, 111, 1);
INSERT INTO "stretches" VALUES (4, 'c6690794cc6978df', 0, 17, 0);
INSERT INTO "stretches" VALUES (5, 'c6690794cc6978df', 19, 60, 1);
INSERT INTO "participants" VALUES ('cfddb8d25ea8fde5', 0, 'party', 'JPN', 'JPN', 'Japan');
INSERT INTO "participants" VALUES ('cfddb8d25ea8fde5', 1, 'party', 'GBR', 'GBR', 'Britain');
INSERT INTO "participants" VALUES ('0dede229852ad093', 0, 'party', 'JPN', 'JPN', 'Japan');
INSERT INTO "participants" VALUES ('bddd1220747036ac', 0, 'party', 'AUS', 'AUS', 'Australia');
INSERT INTO "participants" VALUES ('bddd1220747036ac', 1, 'party', 'GBR', 'GBR', 'Britain');
INSERT INTO "fact_statements" VALUES ('bddd1220747036ac', '0000000000000000');
INSERT INTO "fact_statements" VALUES ('cfddb8d25ea8fde5', '1111111111111111');
INSERT INTO "fact_statements" VALUES ('0dede229852ad093', '2222222222222222');
INSERT INTO stretch_index(rowid, words) SELECT stretch_id, words FROM stretch_words;
