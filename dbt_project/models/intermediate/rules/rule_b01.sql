{{ department_against_district('B01', 'warning', 'met', 'not_met') }}
