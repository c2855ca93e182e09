// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/memory_ceiling.h"
#include "tests/support/test_main.h"

#include <QTest>
#include <memory>
#include <new>
#include <optional>
#include <sys/resource.h>
#include <unistd.h>

using namespace simclr;

namespace {

rlim_t dataLimit() {
    rlimit limit{};
    ::getrlimit(RLIMIT_DATA, &limit);
    return limit.rlim_cur;
}

/// The total memory of the machine: never available to one program, but granted by overcommit.
bool getsAllMemory() {
    const auto bytes = static_cast<std::size_t>(::sysconf(_SC_PHYS_PAGES)) *
                       static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    const std::unique_ptr<char[]> memory(new (std::nothrow) char[bytes]);
    return memory != nullptr;
}

} // namespace

class TestMemoryCeiling : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void whatIsNotThereIsRefused() {
#ifdef __SANITIZE_ADDRESS__
        QSKIP("the sanitizer manages memory itself");
#endif
        const rlim_t before = dataLimit();
        {
            const MemoryCeiling ceiling;
            QVERIFY(dataLimit() < before);
            QVERIFY(!getsAllMemory());
            const std::unique_ptr<char[]> little(new (std::nothrow) char[1 << 20]);
            QVERIFY(little != nullptr);
        }
        QCOMPARE(dataLimit(), before);
    }

    void ceilingsMayEndInAnyOrder() {
        const rlim_t before = dataLimit();
        std::optional<MemoryCeiling> first(std::in_place);
        std::optional<MemoryCeiling> second(std::in_place);
        first.reset();
        QVERIFY(dataLimit() < before); // the second still exists
        second.reset();
        QCOMPARE(dataLimit(), before);
    }
};

SIMCLR_TEST(TestMemoryCeiling)
#include "tst_memory_ceiling.moc"
