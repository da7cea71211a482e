"""What a check found, in the forms that others read: GitHub, programs, viewers of SARIF."""
