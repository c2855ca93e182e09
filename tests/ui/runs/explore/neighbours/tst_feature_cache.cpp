// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_main.h"
#include "tests/ui/runs/explore/map/trained_run.h"
#include "ui/runs/explore/feature_cache.h"

#include <QtTest>
#include <memory>
#include <thread>

using namespace simclr;
using namespace simclr::test;
using namespace simclr::ui;

/// Features that views share.
class TestFeatureCache : public QObject {
    Q_OBJECT

    std::unique_ptr<TrainedRuns> m_runs;
    RunRecord m_run;

    static FeatureRequest request(const std::string &split) {
        FeatureRequest request;
        request.split = split;
        return request;
    }

  private Q_SLOTS:
    void initTestCase() {
        m_runs = std::make_unique<TrainedRuns>(1);
        m_run = m_runs->records(1).front();
    }
    void cleanupTestCase() { m_runs.reset(); }

    void areComputedOnce() {
        FeatureCache cache(m_runs->images());
        QVERIFY(cache.find(m_run, request("test")) == nullptr);
        FeaturesPtr one;
        FeaturesPtr other;
        {
            const std::jthread first([&] { one = cache.load(m_run, request("test"), {}); });
            const std::jthread second([&] { other = cache.load(m_run, request("test"), {}); });
        }
        QVERIFY(one != nullptr && one == other);
        QVERIFY(cache.find(m_run, request("test")) == one);
        QVERIFY(cache.find(m_run, request("validation")) == nullptr);
        QVERIFY(one->areRunImages);
        QCOMPARE(one->images, m_runs->shapes());
    }

    void aFurtherTrainedRunHasOtherFeatures() {
        FeatureCache cache(m_runs->images());
        cache.load(m_run, request("test"), {});
        RunRecord further = m_run;
        further.artifacts.pop_back();
        QVERIFY(cache.find(further, request("test")) == nullptr);
        FeatureRequest earlier = request("test");
        earlier.step = checkpointSteps(m_run).front();
        QVERIFY(cache.find(m_run, earlier) == nullptr);
    }

    void theOldestLeaveFirst() {
        FeatureCache cache(m_runs->images(), 1);
        for (const char *split : {"test", "validation", "train"})
            cache.load(m_run, request(split), {});
        QVERIFY(cache.find(m_run, request("test")) == nullptr);
        QVERIFY(cache.find(m_run, request("validation")) != nullptr);
        QVERIFY(cache.find(m_run, request("train")) != nullptr);
    }

    void aStoppedRequestGivesNothing() {
        FeatureCache cache(m_runs->images());
        std::stop_source stop;
        stop.request_stop();
        QVERIFY(cache.load(m_run, request("test"), stop.get_token()) == nullptr);
        QVERIFY(cache.load(m_run, request("test"), {}) != nullptr); // nothing is left locked
    }

    void changedImagesAreNotThoseOfTheRun() {
        FeatureCache cache(m_runs->images());
        RunRecord changed = m_run;
        changed.dataset.fingerprint = "other";
        QVERIFY(!cache.load(changed, request("test"), {})->areRunImages);
    }
};

SIMCLR_TEST(TestFeatureCache, QApplication)
#include "tst_feature_cache.moc"
