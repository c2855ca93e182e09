// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/augment/view_renderer.h"
#include "core/report/run_report.h"
#include "core/util/error.h"
#include "tests/core/store/store_fixture.h"
#include "tests/support/measured.h"

#include <QXmlStreamReader>
#include <limits>
#include <memory>

using namespace simclr;
using namespace simclr::test;

namespace {

/// As an XML reader sees a page.
struct ReadPage {
    QString error;
    QString text; ///< of all elements, except the style sheet
    QStringList elements;
    QStringList attributes; ///< names
    QStringList addresses;  ///< values of src and href
    QStringList paths;      ///< of the curves
    QString title;

    qsizetype count(const char *element) const { return elements.count(QLatin1String(element)); }
};

ReadPage readPage(const std::string &html) {
    ReadPage page;
    QXmlStreamReader xml(QByteArray::fromStdString(html));
    QStringList open;
    while (!xml.atEnd()) {
        xml.readNext();
        if (xml.isStartElement()) {
            open.append(xml.name().toString());
            page.elements.append(open.last());
            for (const QXmlStreamAttribute &attribute : xml.attributes()) {
                page.attributes.append(attribute.name().toString());
                if (attribute.name() == QLatin1String("src") || attribute.name() == QLatin1String("href"))
                    page.addresses.append(attribute.value().toString());
                if (attribute.name() == QLatin1String("d"))
                    page.paths.append(attribute.value().toString());
            }
        } else if (xml.isEndElement()) {
            open.removeLast();
        } else if (xml.isCharacters() && !open.isEmpty() && open.last() != QLatin1String("style")) {
            page.text += xml.text();
            if (open.last() == QLatin1String("title") && !open.contains(QLatin1String("svg")))
                page.title += xml.text();
        }
    }
    page.error = xml.errorString();
    return page;
}

const Schema &schema() {
    static const Schema options{
        {.id = "batch", .title = "Batch size", .kind = ParameterKind::Integer, .initial = std::int64_t{256}},
        {.id = "device",
         .title = "Device",
         .kind = ParameterKind::Text,
         .initial = std::string("auto"),
         .section = Section::Machine}};
    return options;
}

constexpr const char *hostile = "<script>alert('1')</script> ]]> & \"quoted\" \x1b[31m \xFF <img src=x>";

} // namespace

/// Pages of real runs, read by an XML reader.
class TestRunReport : public QObject {
    Q_OBJECT
  private Q_SLOTS:
    void init();
    void oneRunIsThere();
    void comparisonHasDifferencesAndTests();
    void groupsOfSeedsGetAVerdict();
    void hostileTextIsText();
    void viewsAreThoseOfTraining();
    void missingImagesAreTold();
    void longCurvesStaySmall();
    void gapsAndInfinitiesAreNotDrawn();
    void wrongRunsAreRefused();
    void stopIsHeeded();
    void fileIsWritten();

  private:
    RunId add(const NewRun &run, double linear = 0.5, int errors = 10);
    ReadPage page(const std::vector<RunId> &runs, const OpenImages &open = {}) const;

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<RunStore> m_store;
};

void TestRunReport::init() {
    m_store.reset();
    m_directory = std::make_unique<QTemporaryDir>();
    m_store = std::make_unique<RunStore>(folderOf(*m_directory) / "runs.sqlite");
}

RunId TestRunReport::add(const NewRun &run, double linear, int errors) {
    const RunId id = m_store->runs().create(run);
    m_store->metrics().add(id, lossPoints(1, 100));
    Result result = measured("linear", "test", 10, linear);
    auto predictions = std::make_shared<Predictions>();
    for (int i = 0; i < 250; ++i) {
        predictions->samples.push_back(i);
        predictions->labels.push_back(1);
        predictions->predicted.push_back(i < errors ? 0 : 1);
    }
    result.predictions = predictions;
    m_store->results().add(id, result);
    m_store->runs().finish(id, RunStatus::Completed, "", "");
    return id;
}

ReadPage TestRunReport::page(const std::vector<RunId> &runs, const OpenImages &open) const {
    return readPage(runReport(*m_store, runs, {.schema = schema(), .open = open, .stop = {}}));
}

void TestRunReport::oneRunIsThere() {
    const RunId run = add(sampleRun("crop and colour"), 0.5);
    const ReadPage read = page({run});
    QCOMPARE(read.error, QString());
    QCOMPARE(read.title, QStringLiteral("crop and colour"));
    QVERIFY(read.text.contains(QStringLiteral("50.0 %")));
    QVERIFY2(read.text.contains(QStringLiteral("43.8–56.2 %")), qPrintable(read.text)); // Wilson, 250 images
    QVERIFY(read.text.contains(QStringLiteral("Batch size")));                          // by its title
    QVERIFY(read.text.contains(QStringLiteral("Random resized crop")));
    QVERIFY(read.text.contains(QStringLiteral("Area 0.08–1, Aspect ratio 0.75–1.333")));
    QVERIFY(read.text.contains(QStringLiteral("libtorch 1.13.0")));
    QCOMPARE(read.count("svg"), 1); // the loss
    QVERIFY(!read.text.contains(QStringLiteral("What differs")));
    QVERIFY(read.addresses.isEmpty()); // the page refers to nothing
    QVERIFY(!read.elements.contains(QStringLiteral("script")));
    QVERIFY(!read.elements.contains(QStringLiteral("link")));
}

void TestRunReport::comparisonHasDifferencesAndTests() {
    NewRun other = sampleRun("large batch");
    other.config["batch"] = 512;
    const ReadPage read = page({add(sampleRun(), 0.5, 125), add(other, 0.9, 25)});
    QCOMPARE(read.error, QString());
    QCOMPARE(read.title, QStringLiteral("Comparison of 2 runs"));
    QVERIFY(read.text.contains(QStringLiteral("What differs")));
    QVERIFY(read.text.contains(QStringLiteral("512")));
    QVERIFY(read.text.contains(QStringLiteral("+40.0 points")));
    QVERIFY(read.text.contains(QStringLiteral("McNemar's test")));
    QVERIFY(read.text.contains(QStringLiteral("< 0.0001"))); // 100 images only the second has right
    QVERIFY(read.text.contains(QStringLiteral("Only run 2 is right")));
    QCOMPARE(read.count("b"), 4);                                 // one best accuracy, and the three steps
    QVERIFY(read.text.contains(QStringLiteral("not decidable"))); // one seed each
}

void TestRunReport::groupsOfSeedsGetAVerdict() {
    std::vector<RunId> runs;
    for (const int batch : {256, 512})
        for (int seed = 1; seed <= 3; ++seed) {
            NewRun run = sampleRun();
            run.config["batch"] = batch;
            run.config["seed"] = seed;
            run.seed = seed;
            runs.push_back(add(run, (batch == 256 ? 0.5 : 0.7) + 0.01 * (seed * seed % 3) * batch / 256));
        }
    const ReadPage read = page(runs);
    QCOMPARE(read.error, QString());
    QVERIFY2(read.text.contains(QStringLiteral("batch 512 +20.7 points linear")), qPrintable(read.text));
    QVERIFY(read.text.contains(QStringLiteral("paired by seed, 3 seeds): higher.")));
}

/// Names, tags, notes, failures, events, options, pipelines, metrics: from whatever database.
void TestRunReport::hostileTextIsText() {
    NewRun run = sampleRun(hostile);
    run.config["batch"] = hostile;
    run.config[hostile] = hostile;
    run.pipeline["name"] = hostile;
    run.pipeline["steps"].push_back(
        {{"operation", hostile}, {"probability", 1.0}, {"parameters", Json::object()}});
    run.dataset.title = run.dataset.source = hostile;
    run.device = run.precision = run.programVersion = hostile;
    run.libraries = {{hostile, hostile}};
    const RunId first = add(run);
    m_store->metrics().add(first, std::vector<KeyedMetric>{{hostile, {1, 0.1, 0.5, 1.7e9}}});
    m_store->annotations().change(std::vector<RunId>{first},
                                  {.note = std::string("# <b>note</b>\n") + "& ]]>"});
    m_store->events().add(first, {1.7e9, hostile});
    NewRun other = sampleRun("other");
    const RunId second = add(other);
    for (const std::vector<RunId> &runs : {std::vector{first}, std::vector{first, second}}) {
        const ReadPage read = page(runs);
        QCOMPARE(read.error, QString());
        QVERIFY(!read.elements.contains(QStringLiteral("script")));
        QVERIFY(!read.elements.contains(QStringLiteral("img")));
        QVERIFY(read.text.contains(QStringLiteral("<script>alert('1')</script> ]]> & \"quoted\" \\x1b[31m")));
        for (const QString &attribute : read.attributes)
            QVERIFY2(!attribute.startsWith(QStringLiteral("on")), qPrintable(attribute));
    }
    QVERIFY(page({first}).text.contains(QStringLiteral("# <b>note</b>\n& ]]>")));
}

void TestRunReport::viewsAreThoseOfTraining() {
    NewRun run = sampleRun();
    run.dataset.source = "shapes";
    run.dataset.fingerprint = openDataset("shapes")->fingerprint();
    int opened = 0;
    const OpenImages open = [&opened](const DatasetRecord &images) {
        ++opened;
        return openDataset(images.source);
    };
    NewRun other = run;
    other.pipeline["steps"][0]["parameters"]["area"] = {0.5, 1.0};
    const std::vector<RunId> runs{add(run), add(other)};
    const ReadPage read = page(runs, open);
    QCOMPARE(read.error, QString());
    QCOMPARE(read.addresses.size(), 2 * 6 * 3); // two pipelines, six images, each with its two views
    QCOMPARE(opened, 1);                        // both runs are on the same images
    for (const QString &address : read.addresses)
        QVERIFY(address.startsWith(QStringLiteral("data:image/png;base64,")));
    QCOMPARE(read.addresses[0], read.addresses[18]);  // the same image …
    QVERIFY(read.addresses[1] != read.addresses[19]); // … with another view
    QVERIFY(!read.text.contains(QStringLiteral("have changed")));
    const RenderedViews views =
        renderViews(m_store->runs().one(runs[0]), pipelineFromJson(run.pipeline, "test"), 7, open, 2, {});
    QCOMPARE(views.images.size(), std::size_t{2});
    const DatasetPtr shapes = openDataset("shapes");
    const ViewRenderer renderer(pipelineFromJson(run.pipeline, "test"), 32);
    for (const ShownViews &shown : views.images) { // by the key that training renders it with
        std::uint32_t sample = 0;
        while (shapes->sampleName(sample) != shown.name)
            ++sample;
        Image view;
        renderer.render(shapes->image(sample), {7, 0, sample, 1}, view);
        QVERIFY(view == shown.second);
    }
    QVERIFY(read.text.contains(QStringLiteral("in the first epoch of run 1")));
}

void TestRunReport::missingImagesAreTold() {
    const ReadPage read = page({add(sampleRun())}, [](const DatasetRecord &images) {
        return openDataset("folder:/does-not-exist/" + images.title);
    });
    QCOMPARE(read.error, QString());
    QVERIFY2(read.text.contains(QStringLiteral("Views are not shown")), qPrintable(read.text));
    QVERIFY(read.text.contains(QStringLiteral("does-not-exist")));
    QVERIFY(read.text.contains(QStringLiteral("Random resized crop"))); // the steps are there
}

/// A peak among a million points is drawn, but not a million points.
void TestRunReport::longCurvesStaySmall() {
    const RunId run = m_store->runs().create(sampleRun());
    for (int part = 0; part < 10; ++part) {
        std::vector<KeyedMetric> points;
        for (int i = 1; i <= 30'000; ++i) {
            const std::int64_t step = part * 30'000 + i;
            points.push_back({"loss", {step, 0.1, step == 123'456 ? 100.0 : 1.0 + step % 2, 1.7e9}});
        }
        m_store->metrics().add(run, points);
    }
    m_store->runs().finish(run, RunStatus::Completed, "", "");
    const std::string html =
        runReport(*m_store, std::vector<RunId>{run}, {.schema = schema(), .open = {}, .stop = {}});
    QVERIFY2(html.size() < 60'000, qPrintable(QString::number(html.size())));
    const ReadPage read = readPage(html);
    QCOMPARE(read.error, QString());
    QCOMPARE(read.paths.size(), 1);
    QVERIFY(read.text.contains(QStringLiteral("100"))); // on the axis, because the peak is drawn
    QVERIFY(read.text.contains(QStringLiteral("300,000")));
}

void TestRunReport::gapsAndInfinitiesAreNotDrawn() {
    const RunId run = m_store->runs().create(sampleRun());
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const double infinity = std::numeric_limits<double>::infinity();
    m_store->metrics().add(run, std::vector<KeyedMetric>{{"loss", {1, 0, 3, 1.7e9}},
                                                         {"loss", {2, 0, nan, 1.7e9}},
                                                         {"loss", {3, 0, 2, 1.7e9}},
                                                         {"loss", {4, 0, infinity, 1.7e9}},
                                                         {"loss", {5, 0, 1, 1.7e9}},
                                                         {"spread", {1, 0, nan, 1.7e9}}});
    const ReadPage read = page({run});
    QCOMPARE(read.error, QString());
    QCOMPARE(read.count("figure"), 1); // there is nothing to draw of "spread"
    QCOMPARE(read.paths.size(), 1);
    QCOMPARE(read.paths[0].count(QLatin1Char('M')), 3);
    QVERIFY2(!read.paths[0].contains(QStringLiteral("n")), qPrintable(read.paths[0]));
}

void TestRunReport::wrongRunsAreRefused() {
    const RunId run = add(sampleRun());
    const auto message = [this](const std::vector<RunId> &runs) {
        return thrownMessage<InvalidInput>([&] { page(runs); });
    };
    QVERIFY(isClearMessage(message({}), "no run"));
    QVERIFY(isClearMessage(message({99}), "99"));
    QVERIFY(isClearMessage(message({run, run}), "given twice"));
    QVERIFY(isClearMessage(message(std::vector<RunId>(51, run)), "at most 50"));
}

void TestRunReport::stopIsHeeded() {
    const RunId run = add(sampleRun());
    std::stop_source stop;
    stop.request_stop();
    const auto file = folderOf(*m_directory) / "report.html";
    QVERIFY(isClearMessage(thrownMessage<Interrupted>([&] {
                               writeRunReport(*m_store, std::vector<RunId>{run}, file,
                                              {.schema = schema(), .open = {}, .stop = stop.get_token()});
                           }),
                           "cancelled"));
    QVERIFY(!std::filesystem::exists(file));
}

void TestRunReport::fileIsWritten() {
    const RunId run = add(sampleRun());
    const auto file = folderOf(*m_directory) / "report.html";
    writeRunReport(*m_store, std::vector<RunId>{run}, file, {.schema = schema(), .open = {}, .stop = {}});
    QVERIFY(readBytes(file).starts_with("<!DOCTYPE html>"));
}

SIMCLR_TEST(TestRunReport)
#include "tst_run_report.moc"
