// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/run_store.h"
#include "core/util/error.h"
#include "tests/core/store/store_fixture.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <array>

using namespace simclr;
using namespace simclr::test;
namespace fs = std::filesystem;

/// Saved views of the table of runs.
class TestSavedViews : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<RunStore> m_store;

    fs::path file() const { return folderOf(*m_directory) / "runs.sqlite"; }
    SavedViews &views() const { return m_store->savedViews(); }
    static Json definition(const std::string &filter) { return {{"version", 1}, {"filter", filter}}; }

    /// "a b c".
    std::string names() const {
        std::string text;
        for (const SavedView &view : views().all())
            text += (text.empty() ? "" : " ") + view.name;
        return text;
    }

    void execute(const std::string &statement) const {
        SQLite::Database(file().native(), SQLite::OPEN_READWRITE).exec(statement);
    }

    std::string storedText(const std::string &name) const {
        SQLite::Database database(file().native(), SQLite::OPEN_READONLY);
        SQLite::Statement query(database, "SELECT definition FROM saved_views WHERE name = ?");
        query.bind(1, name);
        return query.executeStep() ? query.getColumn(0).getString() : "missing";
    }

  private Q_SLOTS:
    void init() {
        m_store.reset();
        m_directory = std::make_unique<QTemporaryDir>();
        m_store = std::make_unique<RunStore>(file());
        for (const char *name : {"a", "b", "c"})
            views().put(name, definition(name));
    }

    void viewsReadBackInTheirOrder() {
        QCOMPARE(names(), std::string("a b c"));
        QVERIFY(views().all()[1].definition == definition("b"));
        QVERIFY(RunStore(file(), RunStore::Access::ReadOnly).savedViews().all().size() == 3);
    }

    void putReplacesInPlace() {
        views().put(" b ", definition("new"));
        QCOMPARE(names(), std::string("a b c"));
        QVERIFY(views().all()[1].definition == definition("new"));
    }

    void renamedViewKeepsPlaceAndDefinition() {
        views().rename("b", "best runs");
        QCOMPARE(names(), std::string("a best runs c"));
        QVERIFY(views().all()[1].definition == definition("b"));
        QVERIFY(isClearMessage(thrownMessage<InvalidInput>([&] { views().rename("a", "c"); }), "already"));
        QVERIFY(isClearMessage(thrownMessage<InvalidInput>([&] { views().rename("b", "d"); }),
                               "there is no saved view \"b\""));
        QVERIFY(isClearMessage(thrownMessage<InvalidInput>([&] { views().rename("a", "\n"); }), "empty"));
        views().rename("a", "a");
        QCOMPARE(names(), std::string("a best runs c"));
    }

    void removedViewIsGone() {
        views().remove("b");
        QCOMPARE(names(), std::string("a c"));
        QVERIFY(isClearMessage(thrownMessage<InvalidInput>([&] { views().remove("b"); }), "no saved view"));
        views().put("b", definition("b"));
        QCOMPARE(names(), std::string("a c b"));
    }

    void viewsAreArranged() {
        views().arrange(std::array<std::string, 3>{"c", "missing", "a"});
        QCOMPARE(names(), std::string("c a b"));
        views().put("d", definition("d"));
        QCOMPARE(names(), std::string("c a b d"));
    }

    /// By a newer version of the program: kept byte for byte.
    void newerViewIsKept() {
        const std::string newer = R"({ "version": 7,  "future": [1.50] })";
        execute("UPDATE saved_views SET definition = '" + newer + "' WHERE name = 'b'");
        const auto message = thrownMessage<InvalidInput>([&] { views().put("b", definition("old")); });
        QVERIFY2(isClearMessage(message, "newer version"), message.c_str());
        views().rename("b", "x");
        views().arrange(std::array<std::string, 1>{"x"});
        QCOMPARE(storedText("x"), newer);
        QCOMPARE(views().all()[0].definition["version"].get<int>(), 7);
    }

    void damagedViewDoesNotHideTheOthers() {
        execute("UPDATE saved_views SET definition = '{' WHERE name = 'b'");
        QCOMPARE(names(), std::string("a b c"));
        QVERIFY(views().all()[1].definition.is_null());
        views().put("b", definition("again"));
        QVERIFY(views().all()[1].definition == definition("again"));
    }

    void invalidViewsAreRefused() {
        const auto refusal = [&](const std::string &name, const Json &json) {
            return thrownMessage<InvalidInput>([&] { views().put(name, json); });
        };
        QVERIFY(isClearMessage(refusal("d", {{"filter", "x"}}), "has no version"));
        QVERIFY(isClearMessage(refusal("d", {{"version", "1"}}), "has no version"));
        QVERIFY(isClearMessage(refusal("d", Json::array()), "has no version"));
        QVERIFY(isClearMessage(refusal(" ", definition("x")), "must not be empty"));
        QVERIFY(isClearMessage(refusal("\x1b[2J", definition("x")), "control characters"));
        QCOMPARE(names(), std::string("a b c"));
    }
};

SIMCLR_TEST(TestSavedViews)
#include "tst_saved_views.moc"
