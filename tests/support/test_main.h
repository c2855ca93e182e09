// SPDX-License-Identifier: GPL-3.0-or-later
// Several test classes share one program. CTest starts it once per class, with the class's name, so that each
// class still has a process of its own.
#pragma once

#include <QCoreApplication>
#include <QTest>
#include <type_traits>

namespace simclr::test {

/// What a name stands for, with the arguments that follow the name.
using Program = int (*)(int &argc, char **argv);

/// Makes `program` known to main() as the stem of `file`, "tst_splits" for "…/tst_splits.cpp".
bool registerProgram(const char *file, Program program);

/// For tests that need no application object.
struct NoApplication {
    NoApplication(int & /*argc*/, char ** /*argv*/) {}
};

/// The same as QTEST_MAIN and its variants.
template <typename Test, typename Application = NoApplication>
int runTest(const char *file, int &argc, char **argv) {
    if constexpr (requires { Test::initMain(); })
        Test::initMain();
    const Application application(argc, argv);
    if constexpr (!std::is_same_v<Application, NoApplication>)
        QCoreApplication::setAttribute(Qt::AA_Use96Dpi);
    Test test;
    QTest::setMainSourcePath(file);
    return QTest::qExec(&test, argc, argv);
}

} // namespace simclr::test

/// SIMCLR_TEST(TestSplits) at the end of tst_splits.cpp registers the class as "tst_splits". A second
/// argument is the application object that it needs: SIMCLR_TEST(TestRunsPage, QApplication).
#define SIMCLR_TEST(...)                                                                                     \
    [[maybe_unused]] static const bool isTestRegistered =                                                    \
        simclr::test::registerProgram(__FILE__, [](int &argc, char **argv) {                                 \
            return simclr::test::runTest<__VA_ARGS__>(__FILE__, argc, argv);                                 \
        });
