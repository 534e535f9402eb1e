// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/dataset.h"

#include "core/data/idx_reader.h"
#include "core/error.h"
#include "core/patient_wait.h"

#include <future>
#include <string>

namespace ratescope {

namespace {

namespace fs = std::filesystem;

fs::path findFile(const fs::path& folder, const std::string& name) {
    std::error_code error;
    if (!fs::is_directory(folder, error))
        throw Error(folder.string() + ": is not a folder; expected one with the four IDX files of MNIST's kind");
    for (const fs::path& candidate : {folder / name, folder / (name + ".gz")})
        if (fs::exists(candidate, error)) return candidate;
    throw Error(folder.string() + ": holds neither " + name + " nor " + name + ".gz");
}

struct Files {
    explicit Files(const fs::path& folder, const std::string& part)
        : images(findFile(folder, part + "-images-idx3-ubyte"))
        , labels(findFile(folder, part + "-labels-idx1-ubyte")) {}
    fs::path images;
    fs::path labels;
};

void checkCounts(const Files& files, std::uint32_t images, std::uint32_t labels) {
    if (images != labels)
        throw Error(files.labels.string() + ": holds " + std::to_string(labels) + " labels for the " +
                    std::to_string(images) + " images of " + files.images.filename().string());
}

void checkSizes(const Files& test, std::uint32_t trainRows, std::uint32_t trainColumns, std::uint32_t rows, std::uint32_t columns) {
    if (trainRows != rows || trainColumns != columns)
        throw Error(test.images.string() + ": its images are " + std::to_string(rows) + " × " + std::to_string(columns) +
                    ", those of the training set " + std::to_string(trainRows) + " × " + std::to_string(trainColumns));
}

SampleSet loadPart(const Files& files) {
    std::vector<std::uint8_t> labels = readIdxLabels(files.labels); // first, for they are a thousandth of the images
    IdxImages images = readIdxImages(files.images);
    SampleSet set{images.rows, images.columns, std::move(images.pixels), std::move(labels), {}};
    checkCounts(files, images.count, set.size());
    set.sparse = SparsePixels(set.pixels, set.rows, set.columns);
    return set;
}

} // namespace

Dataset loadDataset(const std::filesystem::path& folder) {
    const Files train(folder, "train");
    const Files test(folder, "t10k");
    // The test set inflates beside the training set, which takes six times as long.
    std::future<Answer<SampleSet>> testSet =
        std::async(std::launch::async, [&] { return answerOf([&] { return loadPart(test); }); });
    Dataset dataset{loadPart(train), {}};
    dataset.test = testSet.get().take();
    checkSizes(test, dataset.train.rows, dataset.train.columns, dataset.test.rows, dataset.test.columns);
    return dataset;
}

DatasetInfo readDatasetInfo(const std::filesystem::path& folder) {
    const Files train(folder, "train");
    const Files test(folder, "t10k");
    const IdxHeader trainImages = readIdxImageHeader(train.images);
    const IdxHeader testImages = readIdxImageHeader(test.images);
    checkCounts(train, trainImages.count, readIdxLabelHeader(train.labels).count);
    checkCounts(test, testImages.count, readIdxLabelHeader(test.labels).count);
    checkSizes(test, trainImages.rows, trainImages.columns, testImages.rows, testImages.columns);
    return {trainImages.count, testImages.count, trainImages.rows, trainImages.columns};
}

void scalePixels(std::span<const std::uint8_t> pixels, std::span<float> out) {
    const std::uint8_t* from = pixels.data();
    float* to = out.data();
    for (std::size_t i = 0; i < pixels.size(); ++i) to[i] = static_cast<float>(from[i]) / 255.0F;
}

} // namespace ratescope
