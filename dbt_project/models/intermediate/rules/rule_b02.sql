{{ department_against_district('B02', 'info', 'not_met', 'met') }}
