{# What a report of each form says: its fields but numbering, unit names, notes and the change column. By staging model. Two reports that agree
   in all of them are copies (X05), and a correction is told field by field (revisions). `keys` are of them the ones that name the row;
   `personal` the ones that name a person. #}
{% macro value_fields() %}
    {%- set criteria = [] -%}
    {%- for number in range(1, 21) %}{% do criteria.append('criterion_' ~ number) %}{% endfor -%}
    {%- set funds = ['total_million_vnd'] -%}
    {%- for source in fund_sources() %}{% do funds.append(source ~ '_million_vnd') %}{% endfor -%}
    {{ return({
        'stg_districts__h01': {'form': 'H01', 'unit': 'commune_code', 'fields': criteria + ['criteria_met_stated']},
        'stg_districts__h02': {'form': 'H02', 'unit': 'commune_code', 'personal': ['owner_name'], 'fields': [
            'model_name', 'village', 'owner_name', 'owner_kind', 'sector', 'product', 'size', 'revenue_million_vnd', 'workers', 'started_on',
            'is_linked', 'linked_buyer', 'status']},
        'stg_districts__h03': {'form': 'H03', 'unit': 'commune_code', 'fields': [
            'name', 'kind', 'registration_no', 'founded_on', 'sector', 'capital_million_vnd', 'members', 'status']},
        'stg_districts__h04': {'form': 'H04', 'unit': 'commune_code', 'personal': ['owner_name'], 'fields': [
            'village', 'kind', 'owner_name', 'criteria_met', 'status', 'recognised_on']},
        'stg_districts__h05': {'form': 'H05', 'personal': ['officer_name'], 'fields': [
            'officer_name', 'position', 'seconded_from', 'field', 'is_full_time', 'from_date', 'to_date']},
        'stg_districts__h06': {'form': 'H06', 'unit': 'commune_code', 'personal': ['officer_name'], 'fields': [
            'officer_name', 'position', 'is_leader', 'from_date', 'to_date']},
        'stg_districts__h07': {'form': 'H07', 'unit': 'commune_code', 'fields': funds},
        'stg_departments__s01': {'form': 'S01', 'unit': 'commune_code', 'fields': [
            'criterion_no', 'indicator_no', 'value', 'unit', 'status', 'checked_on']},
        'stg_departments__s02': {'form': 'S02', 'personal': ['officer_name'], 'fields': [
            'officer_name', 'field', 'from_date', 'to_date', 'is_full_time']},
        'stg_departments__s03': {'form': 'S03', 'fields': [
            'product', 'linked_models', 'linked_enterprises', 'area_ha', 'output_tonnes', 'revenue_million_vnd']},
        'stg_tasks__c01': {'form': 'C01', 'fields': [
            'task_code', 'task', 'document_no', 'status', 'percent_done', 'done_on', 'evidence', 'difficulty']},
        'stg_media__m01': {'form': 'M01', 'fields': [
            'activity', 'format', 'planned', 'done', 'budget_million_vnd', 'appraised_million_vnd', 'promotes_local_goods']},
        'stg_office__v01': {'form': 'V01', 'unit': 'commune_code', 'personal': ['inspector'], 'fields': [
            'inspected_on', 'item_kind', 'item', 'reported_value', 'observed_value', 'is_confirmed', 'inspector']}
    }) }}
{% endmacro %}
