// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/hash.h"

#include "tests/support/test_support.h"

using namespace simclr;
using namespace simclr::test;

class TestHash : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void matchesFips180_data();
    void matchesFips180();
    void piecesMakeNoDifference();
};

/// The examples published by NIST for SHA-256.
void TestHash::matchesFips180_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("digest");
    QTest::newRow("empty") << QByteArray()
                           << QByteArray("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    QTest::newRow("abc") << QByteArray("abc")
                         << QByteArray("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    QTest::newRow("two blocks") << QByteArray("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")
                                << QByteArray(
                                       "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    QTest::newRow("a million a") << QByteArray(1'000'000, 'a')
                                 << QByteArray(
                                        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

void TestHash::matchesFips180() {
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, digest);
    QCOMPARE(sha256(text.toStdString()), digest.toStdString());
}

void TestHash::piecesMakeNoDifference() {
    const std::string text(1000, 'x');
    Sha256 hash;
    hash.add(std::string_view(text).substr(0, 63));
    hash.add(std::string_view(text).substr(63, 2));
    hash.add(std::string_view());
    hash.add(std::as_bytes(std::span(text).subspan(65)));
    QCOMPARE(hash.hex(), sha256(text));
}

SIMCLR_TEST(TestHash)
#include "tst_hash.moc"
