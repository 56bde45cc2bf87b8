{{ config(materialized='view') }}
-- What ids are made with whose key may name a person (macro keyed_hash). It is never published.
select secret from {{ ref('stg_landed__id_secret') }}
