"""Clock, errors, Vietnamese text, periods and constraints: what every room stands on."""
