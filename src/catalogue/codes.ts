/** Spoken languages of films that a filter can be completed to, ISO 639-1, most common first. Any other code is accepted too. */
export const LANGUAGE_CODES: readonly string[] =
  'en es fr de it pt ru ja ko zh hi ar fa tr sv da no fi is nl pl cs sk hu ro bg sr hr bs sl mk sq el uk be lt lv et he yi ka hy az kk uz mn th vi id ms tl my km lo ne bn ta te ml kn mr gu pa ur si dz am sw zu xh af wo bm ca gl eu cy ga la ku'.split(
    ' ',
  );

/** Countries that make films, ISO 3166-1 alpha-2, with the states that are no more (SU, YU, CS, DD). */
export const COUNTRIES: readonly string[] =
  'US GB CA AU NZ IE FR DE IT ES PT NL BE LU CH AT SE NO DK FI IS PL CZ SK HU RO BG RS HR BA SI MK AL GR CY TR UA BY RU GE AM AZ EE LV LT MD ME XK SU YU CS DD IL PS LB SY JO IQ IR SA AE QA KW EG MA DZ TN LY SD SN ML BF CI GH NG CM CD KE TZ UG RW ET ZA ZW AO MZ NA BW MG MR NE TD JP KR KP CN HK TW MO MN IN PK BD LK NP BT AF KZ UZ KG TJ TM TH VN KH LA MM MY SG ID PH BN MX GT HN SV NI CR PA CU DO HT JM PR CO VE EC PE BO CL AR UY PY BR'.split(
    ' ',
  );
