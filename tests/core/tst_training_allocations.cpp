// SPDX-License-Identifier: GPL-3.0-or-later
#include "small_runs.h"

#include <QTest>

#include <atomic>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define RATESCOPE_SANITIZED_ALLOCATOR
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define RATESCOPE_SANITIZED_ALLOCATOR
#endif
#endif

namespace {

std::atomic<long> allocations{0};

} // namespace

// Whatever takes memory comes by here, in all threads and libraries: operator new as well, which is made of malloc.
#if defined(RATESCOPE_SANITIZED_ALLOCATOR)
#define RATESCOPE_COUNTS 1
extern "C" int __sanitizer_install_malloc_and_free_hooks(void (*taken)(const volatile void*, std::size_t),
                                                         void (*freed)(const volatile void*));
static const int hooked = __sanitizer_install_malloc_and_free_hooks(
    [](const volatile void*, std::size_t) { allocations.fetch_add(1, std::memory_order_relaxed); },
    [](const volatile void*) {});
#elif defined(__GLIBC__)
#include <cerrno>
#define RATESCOPE_COUNTS 1
extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* memory, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);
void* malloc(std::size_t size) {
    allocations.fetch_add(1, std::memory_order_relaxed);
    return __libc_malloc(size);
}
void* calloc(std::size_t count, std::size_t size) {
    allocations.fetch_add(1, std::memory_order_relaxed);
    return __libc_calloc(count, size);
}
void* realloc(void* memory, std::size_t size) {
    allocations.fetch_add(1, std::memory_order_relaxed);
    return __libc_realloc(memory, size);
}
void* aligned_alloc(std::size_t alignment, std::size_t size) {
    allocations.fetch_add(1, std::memory_order_relaxed);
    return __libc_memalign(alignment, size);
}
void* memalign(std::size_t alignment, std::size_t size) { return aligned_alloc(alignment, size); }
int posix_memalign(void** out, std::size_t alignment, std::size_t size) {
    *out = aligned_alloc(alignment, size);
    return *out ? 0 : ENOMEM;
}
}
#else
#define RATESCOPE_COUNTS 0
#endif

using namespace ratescope;

namespace {

struct Case {
    const char* name;
    const char* layers;
    const char* optimizer;
    unsigned threads;
    bool background;
};

// Batches large enough for the second thread to be called.
constexpr Case cases[] = {
    {"mlp with adam, 1 thread", "dense 96, relu, dense 10", "adam", 1, false},
    {"mlp with adam, 2 threads", "dense 96, relu, dense 10", "adam", 2, false},
    {"mlp on listed pixels, 2 threads", "dense 96, tanh, dense 10", "sgd", 2, true},
    {"conv with dropout, 1 thread",
     "conv2d 16, relu, maxpool, dropout 0.25, conv2d 16, tanh, maxpool, dropout 0.25, flatten, dense 10", "adam", 1, false},
    {"conv with dropout, 2 threads",
     "conv2d 16, relu, maxpool, dropout 0.25, conv2d 16, sigmoid, maxpool, dropout 0.2, flatten, dense 10", "rmsprop", 2,
     true},
    {"pooling alone, 2 threads", "maxpool, conv2d 64, relu, flatten, dense 10", "adabound", 2, false},
};

/// What run() takes memory for: threads that help, and whatever the test at the end needs.
long allocationsOf(const RunConfig& config, const std::shared_ptr<const Dataset>& data, unsigned threads) {
    CoreBudget budget(2);
    Trainer trainer(config, data, {&budget, threads});
    const TrainingControl control;
    MetricsChannel channel;
    RunObserver observer;
    const long before = allocations.load();
    trainer.run(control, channel, observer);
    return allocations.load() - before;
}

} // namespace

class TestTrainingAllocations : public QObject {
    Q_OBJECT

private slots:
    void theCounterCounts() {
        if (!RATESCOPE_COUNTS) QSKIP("no way to count allocations with this library");
        const long before = allocations.load();
        const auto one = std::make_unique<std::vector<int>>(1000);
        QCOMPARE(allocations.load() - before, 2L);
        QCOMPARE(one->size(), std::size_t(1000));
    }

    // A long run takes memory as often as a short one: none is taken from step to step or from epoch to epoch.
    void noneInTheLoop_data() {
        QTest::addColumn<int>("index");
        for (int i = 0; i < int(std::size(cases)); ++i) QTest::newRow(cases[i].name) << i;
    }
    void noneInTheLoop() {
        QFETCH(const int, index);
        if (!RATESCOPE_COUNTS) QSKIP("no way to count allocations with this library");
        const Case& one = cases[index];
        const auto data = makeDataset(50 * 20, 60, 12, 12, one.background);
        RunConfig config = smallConfig(one.layers, 0.01);
        config.optimizer.type = one.optimizer;
        config.schedule = scheduleSpec("cyclical", {{"lr", 0.001}, {"max_lr", 0.01}, {"half_period", 4}, {"mode", 0}});
        config.batchSize = 40;
        config.validation = 0.2; // 20 steps an epoch
        QVERIFY(networkCost(config.network, imageShape(12, 12)).training * config.batchSize > 2e6);
        const auto taken = [&](std::uint64_t steps) {
            config.duration.steps = steps;
            return allocationsOf(config, data, one.threads);
        };
        taken(1); // tables that are made once
        const long atFirst = taken(3);
        QCOMPARE(taken(20), atFirst);
        QCOMPARE(taken(45), atFirst);
    }
};

QTEST_APPLESS_MAIN(TestTrainingAllocations)
#include "tst_training_allocations.moc"
