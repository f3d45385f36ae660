"""The walk over what a decision table asks: every case has a row, every row has a case.

`reduction` turns conditions into questions over `regions` of `inputs`; `covering` walks over them;
`witness` leads a region back to a deal; `checks` says what was found.
"""
