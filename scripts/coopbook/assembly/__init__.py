"""A general assembly held with office documents and mail: papers go out, sheets come back, and the
record is written from them.
"""
