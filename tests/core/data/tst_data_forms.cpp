// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/forms/form.h"
#include "tests/support/test_support.h"

#include <set>

using namespace simclr;
using namespace simclr::test;

/// The registry of forms, and that docs/data.md says the same.
class TestDataForms : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void everyFormIsComplete();
    void folderIsAskedLast();
    void documentSaysTheRules();
};

namespace {

QString inOneLine(const QString &text) {
    return text.simplified();
}

QString document() {
    QFile file(QStringLiteral(SIMCLR_SOURCE_DIR) + "/docs/data.md");
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

} // namespace

void TestDataForms::everyFormIsComplete() {
    static const QRegularExpression plain("^[a-z][a-z0-9-]*$");
    std::set<std::string> ids;
    for (const DataForm *form : dataForms()) {
        QVERIFY2(plain.match(form->id).hasMatch(), form->id);
        QVERIFY2(ids.insert(form->id).second, form->id);
        QVERIFY(*form->title && QString(form->rule).endsWith('.') && form->recognises && form->open);
    }
    QVERIFY(!ids.contains("shapes")); // has no files
}

void TestDataForms::folderIsAskedLast() {
    QCOMPARE(dataForms().back(), &imageFolderForm);
}

/// In the order of the registry.
void TestDataForms::documentSaysTheRules() {
    const QString text = inOneLine(document());
    qsizetype at = 0;
    for (const DataForm *form : dataForms()) {
        const QString section =
            inOneLine(QStringLiteral("### %1 `%2:PATH`. %3").arg(form->title, form->id, form->rule));
        at = text.indexOf(section, at);
        QVERIFY2(at >= 0, qPrintable("docs/data.md has no section: " + section));
    }
}

SIMCLR_TEST(TestDataForms)
#include "tst_data_forms.moc"
