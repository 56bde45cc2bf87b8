{{ department_against_district('B01', 'met', 'not_met') }}
