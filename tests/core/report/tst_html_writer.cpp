// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/axis_ticks.h"
#include "core/report/data_uri.h"
#include "core/report/html_writer.h"
#include "core/report/report_text.h"
#include "tests/support/test_support.h"

#include <QXmlStreamReader>

using namespace simclr;
using namespace simclr::test;

/// What every page is written with.
class TestHtmlWriter : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void textIsText();
    void textIsText_data();
    void elementsAreClosed();
    void base64AsInTheStandard();
    void ticksAreRound();
    void numbersAreRounded();
};

void TestHtmlWriter::textIsText_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("read");
    const auto same = [](const char *text) { QTest::newRow(text) << QByteArray(text) << QString(text); };
    same("<script>alert(1)</script>");
    same("]]> & &amp; &lt;b&gt; &#60;");
    same("\" onmouseover=\"alert(1) ' x='");
    same("Größe 中文 🙂");
    QTest::newRow("controls") << QByteArray("a\x01"
                                            "b\x1b[31m\x7f")
                              << QStringLiteral("a\\x01b\\x1b[31m\\x7f");
    QTest::newRow("direction") << QByteArray("a\xE2\x80\xAE"
                                             "b")
                               << QStringLiteral("a\\u202eb");
    QTest::newRow("not UTF-8") << QByteArray("a\xFF"
                                             "b")
                               << QStringLiteral("a\uFFFDb");
    QTest::newRow("not XML") << QByteArray("a\xEF\xBF\xBF"
                                           "b\xEF\xBF\xBE")
                             << QStringLiteral("a\uFFFDb\uFFFD");
}

/// An XML reader gets back what was written, between elements and in attributes.
void TestHtmlWriter::textIsText() {
    QFETCH(const QByteArray, text);
    QFETCH(const QString, read);
    HtmlWriter html;
    html.element("p", {{"title", text.toStdString()}}, text.toStdString());
    QXmlStreamReader xml(QByteArray::fromStdString(html.html()));
    QVERIFY(xml.readNextStartElement());
    QCOMPARE(xml.attributes().size(), 1);
    QCOMPARE(xml.attributes().value(QLatin1String("title")).toString(), read);
    QCOMPARE(xml.readElementText(QXmlStreamReader::ErrorOnUnexpectedElement), read);
    QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
}

void TestHtmlWriter::elementsAreClosed() {
    HtmlWriter html;
    {
        const auto outer = html.element("div", {{"class", "a"}});
        html.element("p", {}, "x");
        html.emptyElement("br", {});
    }
    QCOMPARE(QString::fromStdString(html.html()).remove('\n'),
             QStringLiteral("<div class=\"a\"><p>x</p><br /></div>"));
}

/// The test vectors of RFC 4648.
void TestHtmlWriter::base64AsInTheStandard() {
    const std::vector<std::string> expected{"", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"};
    for (std::size_t length = 0; length < expected.size(); ++length)
        QCOMPARE(base64(std::string("foobar").substr(0, length)), expected[length]);
    QCOMPARE(base64("\xFF\xFE\xFD"), std::string("//79"));
}

void TestHtmlWriter::ticksAreRound() {
    QCOMPARE(axisTicks(0, 100, 5), (std::vector<double>{0, 50, 100}));
    QCOMPARE(axisTicks(0, 1, 6), (std::vector<double>{0, 0.2, 2 * 0.2, 3 * 0.2, 4 * 0.2, 1}));
    QCOMPARE(axisTicks(1, 1, 5), std::vector<double>());
    QVERIFY(axisTicks(1, std::nextafter(1, 2), 5).empty()); // not told apart
    QVERIFY(axisTicks(1e300, std::nextafter(1e300, 1e301), 5).empty());
    QCOMPARE(tickDecimals({0, 50, 100}), 0);
    QCOMPARE(tickDecimals({0, 0.2, 0.4}), 1);
    QCOMPARE(tickDecimals({1.2345, 1.2346}), 4);
    for (const double scale : {1e-9, 0.37, 1.0, 12345.0, 1e12})
        for (const double low : {-1.3, 0.0, 0.7}) {
            const std::vector<double> ticks = axisTicks(low * scale, (low + 1.7) * scale, 6);
            QVERIFY(ticks.size() >= 2 && ticks.size() <= 6);
            QVERIFY(ticks.front() >= (low - 1e-6) * scale && ticks.back() <= (low + 1.7 + 1e-6) * scale);
        }
}

void TestHtmlWriter::numbersAreRounded() {
    QCOMPARE(shareText(0.62149), std::string("62.1 %"));
    QCOMPARE(fixedText(0.125, 2), std::string("0.13"));
    QCOMPARE(groupedNumber(1234567), std::string("1,234,567"));
    QCOMPARE(groupedNumber(-999), std::string("−999"));
    QCOMPARE(shortNumber(0.000123456), std::string("0.0001235"));
    QCOMPARE(durationText(59), std::string("59 s"));
    QCOMPARE(durationText(3725), std::string("1 h 2 min"));
}

SIMCLR_TEST(TestHtmlWriter)
#include "tst_html_writer.moc"
