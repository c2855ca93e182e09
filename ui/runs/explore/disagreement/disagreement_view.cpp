// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/explore/disagreement/disagreement_view.h"

#include "ui/runs/explore/gallery/image_gallery.h"
#include "ui/runs/explore/result_picker.h"
#include "ui/runs/explore/run_images.h"
#include "ui/text/run_text.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/text_labels.h"

#include <QHBoxLayout>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabWidget>

namespace simclr::ui {

namespace {

constexpr std::array names{"galleryOnlyFirst", "galleryOnlySecond", "galleryBothWrong", "galleryBothRight"};

QString probabilityText(double p) {
    constexpr double smallest = 0.0001;
    return p < smallest ? QStringLiteral("p < 0.0001")
                        : QStringLiteral("p = %1").arg(decimalText(p, p < 0.001 ? 4 : 3));
}

} // namespace

DisagreementView::DisagreementView(DatasetCache &images, QWidget *parent)
    : ExploreView(parent),
      m_images(new RunImages(images, this)),
      m_picker(new ResultPicker),
      m_test(plainLabel()),
      m_stack(new QStackedWidget),
      m_message(new EmptyState(QStringLiteral("view-list-icons"), {}, {})),
      m_tabs(new QTabWidget) {
    for (std::size_t i = 0; i < names.size(); ++i) {
        m_galleries[i] = new ImageGallery;
        m_galleries[i]->setObjectName(QLatin1String(names[i]));
        m_galleries[i]->setEmptyTexts(tr("No images"),
                                      tr("There is no such image among the evaluated ones."));
    }
    buildLayout();
    connect(m_picker, &ResultPicker::chosen, this, &DisagreementView::read);
    connect(m_images, &RunImages::changed, this, &DisagreementView::showImages);
}

QWidget *DisagreementView::buildDiffering() {
    auto *split = new QSplitter(Qt::Horizontal);
    split->setObjectName(QStringLiteral("disagreementSplitter"));
    split->addWidget(gallery(RightRuns::First));
    split->addWidget(gallery(RightRuns::Second));
    split->setChildrenCollapsible(false);
    split->setSizes({400, 400});
    return split;
}

void DisagreementView::buildLayout() {
    m_test->setObjectName(QStringLiteral("disagreementTest"));
    m_test->setWordWrap(true);
    m_test->setToolTip(tr(
        "McNemar's test, two-sided: the probability of a difference at least as large if both encoders had "
        "the same error rate. It is about these two encoders, not about their methods: two runs of one "
        "method also differ, by their seeds."));
    m_message->setObjectName(QStringLiteral("disagreementMessage"));
    m_tabs->setObjectName(QStringLiteral("disagreementTabs"));
    m_tabs->setDocumentMode(true);
    m_tabs->setAccessibleName(tr("Images by who is right"));
    m_tabs->addTab(buildDiffering(), tr("Only one is right"));
    m_tabs->addTab(gallery(RightRuns::None), tr("Both wrong"));
    m_tabs->addTab(gallery(RightRuns::Both), tr("Both right"));
    auto *page = new QWidget;
    (new QVBoxLayout(page))->addWidget(m_message, 0, Qt::AlignCenter);
    m_stack->addWidget(page);
    m_stack->addWidget(m_tabs);
    auto *controls = new QHBoxLayout;
    controls->setSpacing(8);
    controls->addWidget(m_picker, 0, Qt::AlignTop);
    controls->addWidget(m_test, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addLayout(controls);
    layout->addWidget(m_stack, 1);
}

void DisagreementView::showRuns(const std::vector<RunRecord> &runs) {
    m_runs = runs;
    m_picker->setRuns(runs);
    m_picker->setVisible(runs.size() == 2);
    read();
}

void DisagreementView::chooseResult(const ResultKey &key) {
    m_picker->choose(key);
}

void DisagreementView::read() {
    const ResultChoice *choice = m_picker->choice();
    m_worker.cancel();
    if (m_runs.size() != 2)
        return showMessage(tr("Select two runs"),
                           tr("The images that one run predicts right and the other wrong are shown here. "
                              "Select two runs above, the second with Ctrl."));
    if (choice == nullptr)
        return showMessage(
            tr("No evaluation in common"),
            tr("The runs are compared image by image if both were evaluated by the same protocol. "
               "Evaluate them in the tab Evaluate."));
    m_reading = nullptr; // of an earlier selection
    m_images->open(imagesOf(m_runs.front(), choice->results.front()));
    m_worker.ask([runs = m_runs, choice = *choice] { return readDisagreement(runs, choice); },
                 [this](const DisagreementPtr &reading) { take(reading); });
}

void DisagreementView::take(const DisagreementPtr &reading) {
    if (!reading->problem.isEmpty())
        return showMessage(tr("Not comparable image by image"), reading->problem);
    m_reading = reading;
    m_stack->setCurrentIndex(1);
    const auto count = [&reading](RightRuns right) { return reading->of(right).size(); };
    m_tabs->setTabText(
        0, tr("Only one is right (%1)").arg(countText(count(RightRuns::First) + count(RightRuns::Second))));
    m_tabs->setTabText(1, tr("Both wrong (%1)").arg(countText(count(RightRuns::None))));
    m_tabs->setTabText(2, tr("Both right (%1)").arg(countText(count(RightRuns::Both))));
    showTest();
    showImages();
}

void DisagreementView::showTest() {
    const McNemar &test = m_reading->test;
    m_test->setText(
        tr("Of %1 images that both were evaluated on, only run %2 is right on %3 and only run %4 on "
           "%5: %6 (McNemar, two encoders).")
            .arg(countText(test.common))
            .arg(m_runs[0].id)
            .arg(countText(test.firstOnly))
            .arg(m_runs[1].id)
            .arg(countText(test.secondOnly))
            .arg(probabilityText(test.p)));
}

QString DisagreementView::headingOf(RightRuns right) const {
    switch (right) {
    case RightRuns::First:
        return tr("Only “%1” is right").arg(runTitle(m_runs[0]));
    case RightRuns::Second:
        return tr("Only “%1” is right").arg(runTitle(m_runs[1]));
    case RightRuns::None:
        return tr("Both are wrong");
    case RightRuns::Both:
        break;
    }
    return tr("Both are right");
}

void DisagreementView::showImages() {
    if (m_reading == nullptr)
        return;
    for (const RightRuns right : {RightRuns::First, RightRuns::Second, RightRuns::None, RightRuns::Both}) {
        gallery(right)->setDataset(m_images->dataset(), m_images->problem());
        gallery(right)->setItems(m_reading->of(right), headingOf(right));
    }
}

void DisagreementView::showMessage(const QString &title, const QString &text) {
    m_reading = nullptr;
    m_test->setText({});
    m_message->setTexts(title, text);
    m_stack->setCurrentIndex(0);
}

} // namespace simclr::ui
