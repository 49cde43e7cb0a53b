"""Runs the Autobahn test suite by the specification in the file that the first argument names. For Jython.

The suite masks and validates byte by byte in Python, which is most of its time; what Java does faster is done there.
"""
import json
import sys

from java.lang import String
from java.util import BitSet

from autobahn import websocket, xormasker
from autobahn.utf8validator import Utf8Validator
from autobahntestsuite import wstest

BYTES = 'ISO-8859-1'
SMALL = 256


class QuickMasker:
    def __init__(self, mask):
        self.mask = mask
        self.at = 0

    def pointer(self):
        return self.at

    def reset(self):
        self.at = 0

    def process(self, data):
        size = len(data)
        first = self.at & 3
        masks = (self.mask[first:] + self.mask * (size // 4 + 1))[:size]
        self.at += size
        bits = BitSet.valueOf(String(data).getBytes(BYTES))
        bits.xor(BitSet.valueOf(String(masks).getBytes(BYTES)))
        mixed = bits.toByteArray().tostring()
        return mixed + '\0' * (size - len(mixed))


class QuickValidator(Utf8Validator):
    def validate(self, data):
        size = len(data)
        if self.state == Utf8Validator.UTF8_ACCEPT and size > SMALL:
            try:
                data.decode('ascii')
                self.i += size
                return True, True, size, self.i
            except UnicodeDecodeError:
                pass
        return Utf8Validator.validate(self, data)


def masker(mask, size=None):
    return xormasker.createXorMasker(mask, size) if size is not None and size < SMALL else QuickMasker(mask)


websocket.createXorMasker = masker
websocket.Utf8Validator = QuickValidator
wstest.start({'mode': 'fuzzingclient'}, json.load(open(sys.argv[1])))
