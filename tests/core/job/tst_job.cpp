// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/job/job.h"
#include "tests/support/test_support.h"

using namespace simclr;

namespace {

RunConfiguration configuration() {
    RunConfiguration wanted;
    wanted.name = "crop + colour";
    wanted.pipeline = pipelineByName("simclr-cifar10");
    wanted.options.epochs = 7;
    wanted.options.encoder = "resnet34";
    return wanted;
}

std::vector<Job> jobsOfEveryKind() {
    ResumeOptions resume;
    resume.device = "cpu";
    resume.allowChangedImages = true;
    resume.changes = {{"epochs", std::int64_t{20}}, {"schedule", std::string("constant")}};
    resume.name = "longer";
    EvaluationRequest request;
    request.protocols = {Protocol::FineTune, Protocol::Knn};
    request.labels = {0.01, 1};
    request.features = FeatureKind::Z;
    request.split = Split::Validation;
    request.isTransfer = true;
    request.seed = 3;
    request.options.epochs = 5;
    request.device = "cpu";
    const JobImages images{"folder:/photos", std::string(64, 'a')};
    return {TrainJob{configuration(), images},         ResumeJob{3, resume},
            EvaluateJob{4, request, images},           EmbedJob{5, "/out/features.npy", "test", images},
            ExportJob{6, "onnx", "/out/encoder.onnx"}, PreflightJob{configuration(), images}};
}

} // namespace

class TestJob : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void everyKindSurvivesItsJson() {
        const std::vector<Job> jobs = jobsOfEveryKind();
        QCOMPARE(jobs.size() + 1, std::variant_size_v<Job>); // all but UnknownJob
        for (const Job &job : jobs) {
            const Json json = toJson(job);
            QCOMPARE(json.at("version").get<int>(), 1);
            const Job again = jobFromJson(parseJson(toText(json), "test"), "test");
            QCOMPARE(again.index(), job.index());
            QCOMPARE(toText(toJson(again)), toText(json));
        }
    }

    void membersAreKept() {
        const std::vector<Job> jobs = jobsOfEveryKind();
        const auto train = std::get<TrainJob>(jobFromJson(toJson(jobs[0]), "test"));
        QCOMPARE(train.configuration.name, std::string("crop + colour"));
        QVERIFY(train.configuration.options == configuration().options);
        QCOMPARE(toText(toJson(train.configuration.pipeline)), toText(toJson(configuration().pipeline)));
        const auto resume = std::get<ResumeJob>(jobFromJson(toJson(jobs[1]), "test"));
        QVERIFY(resume.options.changes == std::get<ResumeJob>(jobs[1]).options.changes);
        QVERIFY(resume.options.allowChangedImages);
        const auto evaluate = std::get<EvaluateJob>(jobFromJson(toJson(jobs[2]), "test"));
        QVERIFY(evaluate.request.protocols == std::get<EvaluateJob>(jobs[2]).request.protocols);
        QCOMPARE(evaluate.request.labels, (std::vector<double>{0.01, 1}));
        QVERIFY(evaluate.request.features == FeatureKind::Z);
        QVERIFY(evaluate.request.options == std::get<EvaluateJob>(jobs[2]).request.options);
    }

    /// By an older program: the job is the same when a newer one reads it again.
    void unknownJobsAreKept_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("kind") << QByteArray(R"({"version": 1, "kind": "distil", "from": 3, "to": [1, 2]})");
        QTest::newRow("version") << QByteArray(R"({"version": 2, "kind": "train", "grid": {"seed": [1]}})");
    }
    void unknownJobsAreKept() {
        QFETCH(const QByteArray, text);
        const Json json = parseJson(text.toStdString(), "test");
        const Job job = jobFromJson(json, "test");
        QVERIFY(std::holds_alternative<UnknownJob>(job));
        QCOMPARE(toText(toJson(job)), toText(json));
        QCOMPARE(runOf(job), std::int64_t{0});
    }

    void damagedJobsAreRefused_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("no object") << QByteArray("[1]");
        QTest::newRow("no kind") << QByteArray(R"({"version": 1})");
        QTest::newRow("no run") << QByteArray(R"({"version": 1, "kind": "export"})");
        QTest::newRow("run is text") << QByteArray(
            R"({"version": 1, "kind": "export", "run": "3", "format": "onnx", "file": "f"})");
        QTest::newRow("unknown option")
            << QByteArray(R"({"version": 1, "kind": "resume", "run": 3, "options": {"device": "",
                "allow_changed_images": false, "changes": {"colour": 1}, "name": ""}})");
        QTest::newRow("unknown protocol")
            << QByteArray(R"({"version": 1, "kind": "evaluate", "run": 3, "request": {"protocols": ["guess"],
                "labels": [1], "features": "h", "split": "test", "transfer": false, "seed": 0, "options": {},
                "device": ""}, "images": {"source": "", "fingerprint": ""}})");
    }
    void damagedJobsAreRefused() {
        QFETCH(const QByteArray, text);
        QVERIFY_THROWS_EXCEPTION(InvalidInput, jobFromJson(parseJson(text.toStdString(), "test"), "test"));
    }

    void rulesAndStudyAreKept() {
        TrainJob job{configuration(), {"shapes", ""}, {}, "night"};
        job.rules.plateau = "stop";
        job.rules.plateauEpochs = 7;
        const Json json = toJson(Job(job));
        const auto again = std::get<TrainJob>(jobFromJson(json, "test"));
        QVERIFY(again.rules == job.rules);
        QCOMPARE(again.study, job.study);
        Json older = json; // of a version without them
        older.erase("rules");
        older.erase("study");
        const auto plain = std::get<TrainJob>(jobFromJson(older, "test"));
        QVERIFY(plain.rules == RuleOptions() && plain.study.empty());
        Json damaged = json;
        damaged["rules"]["plateau"] = "sometimes";
        QVERIFY_THROWS_EXCEPTION(InvalidInput, jobFromJson(damaged, "test"));
    }

    void kindsAreTold() {
        const std::vector<Job> jobs = jobsOfEveryKind();
        QCOMPARE(runOf(jobs[0]), std::int64_t{0});
        QCOMPARE(runOf(jobs[2]), std::int64_t{4});
        QVERIFY(isTraining(jobs[0]) && isTraining(jobs[1]) && !isTraining(jobs[2]));
        QVERIFY(needsDevice(jobs[3]) && !needsDevice(jobs[4]));
        QVERIFY(isKept(jobs[0]) && !isKept(jobs[5]));
    }

    void pathsHoldInAnyFolder() {
        RunConfiguration wanted = configuration();
        wanted.options.initialWeights = "weights.pt";
        QVERIFY(std::filesystem::path(withAbsolutePaths(wanted).options.initialWeights).is_absolute());
        wanted.options.initialWeights.clear();
        QVERIFY(withAbsolutePaths(wanted).options.initialWeights.empty());
    }
};

SIMCLR_TEST(TestJob)
#include "tst_job.moc"
