//! PostgreSQL's own full-text search on the same practices: a GIN index over weighted `tsvector`s of its Italian words,
//! ranked by `ts_rank`, with the facets counted by `GROUP BY`, all in one statement for each question.
//!
//! In its favour: the table holds no texts, only what is searched, filtered and counted; the statement is read once and
//! planned anew for each question, which is what uses the index; and it has memory enough to sort without a file.
use innesto::{
    domain::{practice::Practice, time::Ts},
    search::Land,
};
use sqlx::{Connection, PgConnection, Row};
use std::error::Error;

/// Each row of what was found: a hit with its rank, or a facet's value with its count. A filter's own facet is counted
/// without that filter, as the hub does.
const FIND: &str = "
WITH found AS MATERIALIZED (
    SELECT p.id, p.at, p.field, p.targets, p.tools, p.funds, p.province, p.area_class, p.evidence, p.budget, p.kit, p.open,
        ts_rank(p.words, q.q) AS rank, $2 = '' OR $2 = ANY(p.targets) AS by_target, $3 = '' OR p.province = $3 AS by_province
    FROM practice p, to_tsquery('italian', $1) q(q) WHERE $1 = '' OR p.words @@ q.q),
kept AS (SELECT * FROM found WHERE by_target AND by_province)
(SELECT 'hit' AS what, id::text AS value, 1::bigint AS n FROM kept ORDER BY rank DESC, at DESC, id LIMIT 20)
UNION ALL SELECT 'total', '', COUNT(*) FROM kept
UNION ALL SELECT 'field', field, COUNT(*) FROM kept GROUP BY field
UNION ALL SELECT 'target', code, COUNT(*) FROM found, unnest(targets) code WHERE by_province GROUP BY code
UNION ALL SELECT 'tool', code, COUNT(*) FROM kept, unnest(tools) code GROUP BY code
UNION ALL SELECT 'fund', code, COUNT(*) FROM kept, unnest(funds) code GROUP BY code
UNION ALL SELECT 'province', province, COUNT(*) FROM found WHERE by_target GROUP BY province
UNION ALL SELECT 'area', area_class, COUNT(*) FROM kept GROUP BY area_class
UNION ALL SELECT 'evidence', evidence::text, COUNT(*) FROM kept GROUP BY evidence
UNION ALL SELECT 'cost', width_bucket(budget, ARRAY[10000, 25000, 50000, 100000, 250000, 500000, 1000000]::bigint[])::text,
    COUNT(*) FROM kept GROUP BY 2
UNION ALL SELECT 'kit', kit::text, COUNT(*) FROM kept GROUP BY kit
UNION ALL SELECT 'open', open::text, COUNT(*) FROM kept GROUP BY open";

const TABLE: &str =
    "CREATE TABLE practice (id UUID PRIMARY KEY, at BIGINT NOT NULL, field TEXT, targets TEXT[] NOT NULL,
    tools TEXT[] NOT NULL, funds TEXT[] NOT NULL, province TEXT NOT NULL, area_class TEXT, evidence BIGINT NOT NULL,
    budget BIGINT, kit BOOLEAN NOT NULL, open BOOLEAN NOT NULL, words TSVECTOR NOT NULL)";

const ADD: &str = "INSERT INTO practice VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12,
    setweight(to_tsvector('italian', $13), 'A') || setweight(to_tsvector('italian', $14), 'B')
    || setweight(to_tsvector('italian', $15), 'C') || setweight(to_tsvector('italian', $16), 'D'))";

/// A database of its own, which is gone with the server that was made for it, or dropped at the end.
pub struct Postgres {
    server: PgConnection,
    name: String,
    connection: PgConnection,
}

impl Postgres {
    /// Makes the database on this server.
    pub async fn on(server: &str) -> Result<Self, Box<dyn Error>> {
        let name = format!("innesto_bench_search_{}", std::process::id());
        let mut url = url::Url::parse(server)?;
        let mut server = PgConnection::connect(server).await?;
        sqlx::query(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"))).execute(&mut server).await?;
        url.set_path(&name);
        let mut connection = PgConnection::connect(url.as_str()).await?;
        for statement in [TABLE, "SET work_mem = '512MB'", "SET plan_cache_mode = force_custom_plan"] {
            sqlx::query(statement).execute(&mut connection).await?;
        }
        Ok(Self { server, name, connection })
    }

    /// Adds practices with where their owners lie, and what is said of each besides.
    pub async fn write(&mut self, all: &[(&Practice, Option<&Land>)], beside: &str) -> Result<(), Box<dyn Error>> {
        let mut tx = self.connection.begin().await?;
        for (p, land) in all {
            let body = [&p.context, &p.method, &p.obstacles].map(String::as_str).join("\n");
            let more = format!("{}\n{beside}", p.results);
            let add = sqlx::query(ADD)
                .bind(p.id.uuid())
                .bind(p.published_at.map(Ts::micros))
                .bind(&p.field)
                .bind(&p.targets)
                .bind(&p.tools)
                .bind(&p.funds)
                .bind(land.map_or("", |land| land.province.as_str()))
                .bind(land.and_then(|land| land.site.area_class.as_deref()))
                .bind(p.evidence_level)
                .bind(p.budget_eur)
                .bind(p.kit_completeness > 0)
                .bind(p.support_open)
                .bind(&p.title)
                .bind(&p.summary)
                .bind(more)
                .bind(body);
            add.execute(&mut *tx).await?;
        }
        Ok(tx.commit().await?)
    }

    /// Makes the index, once all are there.
    pub async fn index(&mut self) -> Result<(), Box<dyn Error>> {
        for statement in ["CREATE INDEX words ON practice USING GIN (words)", "VACUUM ANALYZE practice"] {
            sqlx::query(statement).execute(&mut self.connection).await?;
        }
        Ok(())
    }

    /// How many were found; the first twenty and all facets are fetched too.
    pub async fn find(&mut self, words: &str, target: &str, province: &str) -> Result<i64, Box<dyn Error>> {
        let find = sqlx::query(FIND).bind(words).bind(target).bind(province);
        let rows = find.fetch_all(&mut self.connection).await?;
        let total = rows.iter().find(|row| row.try_get::<&str, _>("what").is_ok_and(|what| what == "total"));
        Ok(total.ok_or("there is no total")?.try_get("n")?)
    }

    /// Leaves nothing behind.
    pub async fn drop(mut self) -> Result<(), Box<dyn Error>> {
        self.connection.close().await?;
        let drop = format!("DROP DATABASE {} WITH (FORCE)", self.name);
        sqlx::query(sqlx::AssertSqlSafe(drop)).execute(&mut self.server).await?;
        Ok(())
    }
}
