{{ department_against_district('B02', 'not_met', 'met') }}
