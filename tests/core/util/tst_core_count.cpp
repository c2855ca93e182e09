// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/core_count.h"
#include "tests/support/test_support.h"

#include <QTemporaryDir>
#include <QTest>
#include <sched.h>

using namespace simclr;
using namespace simclr::test;

namespace {

/// A folder that serves as / for reading control groups.
class FakeRoot {
  public:
    void write(const std::string &file, const std::string &text) const {
        writeBytes(folderOf(m_directory) / file, text);
    }
    /// A line of mountinfo for a hierarchy of `type` whose folder `root` is mounted at `point`.
    void mount(const std::string &type, const std::string &point, const std::string &root = "/",
               const std::string &options = "rw") {
        m_mounts += "32 31 0:29 " + root + " " + point + " rw,relatime shared:9 - " + type + " " + type +
                    " " + options + "\n";
        write("proc/self/mountinfo", m_mounts);
    }
    void groups(const std::string &lines) const { write("proc/self/cgroup", lines); }
    std::optional<double> quota() const { return cpuQuota(folderOf(m_directory)); }

  private:
    QTemporaryDir m_directory;
    std::string m_mounts = "23 1 254:0 / / rw,relatime - ext4 /dev/root rw\n"
                           "40 23 0:35 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n"
                           "a damaged line\n";
};

FakeRoot unified(const std::string &group) {
    FakeRoot root;
    root.mount("cgroup2", "/sys/fs/cgroup");
    root.groups("0::" + group + "\n");
    return root;
}

/// The affinity of this thread, restored at the end.
class OneProcessor {
  public:
    OneProcessor() {
        ::sched_getaffinity(0, sizeof(m_before), &m_before);
        cpu_set_t one;
        CPU_ZERO(&one);
        for (int i = 0; i < CPU_SETSIZE && CPU_COUNT(&one) == 0; ++i)
            if (CPU_ISSET(i, &m_before))
                CPU_SET(i, &one);
        ::sched_setaffinity(0, sizeof(one), &one);
    }
    ~OneProcessor() { ::sched_setaffinity(0, sizeof(m_before), &m_before); }
    OneProcessor(const OneProcessor &) = delete;
    OneProcessor &operator=(const OneProcessor &) = delete;

  private:
    cpu_set_t m_before{};
};

} // namespace

class TestCoreCount : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void affinityLimits() {
        const int before = ProcessorSet().count();
        QVERIFY(before >= coreCount());
        {
            const OneProcessor one;
            QCOMPARE(ProcessorSet().count(), 1);
            QCOMPARE(coreCount(), 1);
        }
        QCOMPARE(ProcessorSet().count(), before);
    }

    void nothingLimits() {
        QVERIFY(!FakeRoot().quota());
        QVERIFY(!unified("/job").quota());
        const FakeRoot root = unified("/job");
        root.write("sys/fs/cgroup/job/cpu.max", "max 100000\n");
        QVERIFY(!root.quota());
    }

    void versionTwo() {
        const FakeRoot root = unified("/job");
        root.write("sys/fs/cgroup/job/cpu.max", "150000 100000\n");
        QCOMPARE(root.quota(), std::optional(1.5));
    }

    void theLeastOfAllGroupsAbove() {
        const FakeRoot root = unified("/slice/job/step");
        root.write("sys/fs/cgroup/slice/job/step/cpu.max", "800000 100000\n");
        root.write("sys/fs/cgroup/slice/job/cpu.max", "max 100000\n");
        root.write("sys/fs/cgroup/slice/cpu.max", "200000 100000\n");
        root.write("sys/fs/cgroup/other/cpu.max", "10000 100000\n");
        QCOMPARE(root.quota(), std::optional(2.0));
    }

    /// Inside a container the own group is often the visible root.
    void containerWithNamespace() {
        const FakeRoot root = unified("/");
        root.write("sys/fs/cgroup/cpu.max", "50000 100000\n");
        QCOMPARE(root.quota(), std::optional(0.5));
    }

    /// Without a namespace the path is the host's and only its last part is mounted.
    void containerWithoutNamespace() {
        FakeRoot root;
        root.mount("cgroup2", "/sys/fs/cgroup", "/docker/abc");
        root.groups("0::/docker/abc/job\n");
        root.write("sys/fs/cgroup/cpu.max", "400000 100000\n");
        root.write("sys/fs/cgroup/job/cpu.max", "300000 100000\n");
        QCOMPARE(root.quota(), std::optional(3.0));
    }

    void groupThatIsNotBelowItsMount() {
        for (const std::string group : {"/../neighbour", "/docker/abc"}) {
            FakeRoot root;
            root.mount("cgroup2", "/sys/fs/cgroup", "/elsewhere");
            root.groups("0::" + group + "\n");
            root.write("sys/fs/cgroup/cpu.max", "100000 100000\n");
            QCOMPARE(root.quota(), std::optional(1.0));
        }
    }

    void versionOne() {
        FakeRoot root;
        root.mount("cgroup", "/sys/fs/cgroup/cpu,cpuacct", "/", "rw,cpu,cpuacct");
        root.groups("5:memory:/elsewhere\n3:cpu,cpuacct:/jobs/one\n2:cpuset:/elsewhere\n0::/\n");
        root.write("sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us", "-1\n");
        root.write("sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us", "100000\n");
        root.write("sys/fs/cgroup/cpu,cpuacct/jobs/one/cpu.cfs_quota_us", "-1\n");
        root.write("sys/fs/cgroup/cpu,cpuacct/jobs/one/cpu.cfs_period_us", "100000\n");
        QVERIFY(!root.quota());
        root.write("sys/fs/cgroup/cpu,cpuacct/jobs/cpu.cfs_quota_us", "125000\n");
        root.write("sys/fs/cgroup/cpu,cpuacct/jobs/cpu.cfs_period_us", "50000\n");
        QCOMPARE(root.quota(), std::optional(2.5));
    }

    void bothVersionsAtOnce() {
        FakeRoot root;
        root.mount("cgroup", "/sys/fs/cgroup/cpu", "/", "rw,cpu");
        root.mount("cgroup2", "/sys/fs/cgroup/unified");
        root.groups("1:cpu:/\n0::/user\n");
        root.write("sys/fs/cgroup/cpu/cpu.cfs_quota_us", "400000");
        root.write("sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000");
        root.write("sys/fs/cgroup/unified/user/cpu.max", "300000 100000");
        QCOMPARE(root.quota(), std::optional(3.0));
    }

    void escapedAndOddNames() {
        FakeRoot root;
        root.mount("cgroup2", "/sys/fs/my\\040groups");
        root.groups("0::/with: colon and space\n");
        root.write("sys/fs/my groups/with: colon and space/cpu.max", "200000 100000");
        QCOMPARE(root.quota(), std::optional(2.0));
    }

    void whatMakesNoSenseLimitsNothing() {
        for (const std::string text : {"", "0 100000", "-1 100000", "100000", "100000 0", "many 100000"}) {
            const FakeRoot root = unified("/job");
            root.write("sys/fs/cgroup/job/cpu.max", text);
            QVERIFY2(!root.quota(), text.c_str());
        }
        FakeRoot empty;
        empty.mount("cgroup2", "/sys/fs/cgroup");
        QVERIFY(!empty.quota()); // no proc/self/cgroup
    }
};

SIMCLR_TEST(TestCoreCount, QCoreApplication)
#include "tst_core_count.moc"
