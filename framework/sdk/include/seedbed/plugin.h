/* Seedbed plugin contract, ABI 1. C99, C11 and C++11 to 20; includes nothing but <stdint.h> and
 * <stddef.h>.
 *
 * The one rule: a plugin is a set of pure functions over memory that the engine owns. It holds no
 * mutable state, draws no random number, opens no file, starts no thread. Every function below
 * - takes the instance as `const void *self` and may be called from several threads at once;
 * - returns SEEDBED_OK, or another status after it wrote one line into `message`;
 * - gives the same bits for the same inputs, and writes nothing but its outputs;
 * - lets no exception out, and keeps no pointer that it was handed after it returns, except the
 *   components of its context, which outlive it.
 *
 * Arrays are structure-of-arrays: entry (i, j) of a block is data[i*stride + j]; j is the lane or
 * the sample and is contiguous. All numbers are doubles; a discrete value is 0, 1, 2, ... as a double.
 * Nothing is aligned to more than 8 bytes unless it says so. Memory that is not an output is
 * read-only. A C++ author includes the layer beside this file and never sees most of it.
 *
 * Who owns what
 * - Whoever allocates frees. Memory never changes hands: create() gives an instance that destroy()
 *   of the same plugin frees; everything else is the engine's and lives as long as is said here.
 * - Pointers that a plugin gives away (spaces, blocks, names, models, tables) live as long as the
 *   instance, those of descriptors as long as the process: a library is never unloaded.
 * - Inputs and outputs of one call do not overlap, but for what is "read and written".
 * - Sizes are as declared by describe(): the plugin may rely on rows, columns and strides, and
 *   needs no check of them. Null is passed only where "null" is said; a block of no rows has any
 *   pointer, null too.
 *
 * What the engine assures
 * - create, describe, then the others in any order and number, destroy; destroy once, last.
 * - Indices, counts and strides fit what is declared; t >= 0; noise is in (0,1) or finite.
 * - theta, batches and gradients that reach a plugin are finite numbers, however large. What an
 *   environment and a policy give each other is looked at when an episode ended: until then a NaN
 *   of one reaches the other, which may answer anything, but must not crash.
 *
 * What happens to a plugin that fails: a status other than SEEDBED_OK fails the task with the
 * message; so does an exception that is let out, a number that is not finite, a crash. A plugin
 * must not end the process, print, catch signals, or change the state of the floating-point unit.
 *
 * How it grows
 * - Within major 1 a minor adds and never moves or removes. A host takes its own minor and all
 *   earlier ones; a library that names a later minor is refused before any code of it runs.
 * - Structs that begin with struct_size, and seedbed_library, grow at their end; what lies beyond
 *   a library's struct_size reads as null or 0 in the host.
 * - Structs that the plugin fills (..._info, ..._model) are zeroed by whoever calls, before the
 *   call, and may grow at their end: fill the fields that you know and no others, and do not
 *   memset or assign the whole. 0 and null always mean "none" in them.
 * - Structs that only the engine makes (context, batch, results, plan, scratch, component) may grow
 *   at their end; take them by pointer and make none.
 * - All others never change, since plugins make them, they lie in arrays, or they are passed by
 *   value; nor do enumerators. A capability changes by a new id. */
#ifndef SEEDBED_PLUGIN_H
#define SEEDBED_PLUGIN_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define SEEDBED_MAGIC UINT64_C(0x3130444542444553) /* the bytes "SEDBED01" */
#define SEEDBED_ABI_MAJOR 1
#define SEEDBED_ABI_MINOR 0
#define SEEDBED_LANES 48 /* a block of lanes; n of reset, step and act is a multiple of 8 */
#define SEEDBED_NO_PARAMETER (-1)

enum seedbed_status { SEEDBED_OK = 0, SEEDBED_ERROR = 1 };

enum seedbed_kind {
  SEEDBED_ENVIRONMENT = 1,
  SEEDBED_POLICY = 2,
  SEEDBED_ESTIMATOR = 3,
  SEEDBED_BASELINE = 4,
  SEEDBED_OPTIMIZER = 5
};

/* Where a function that fails says why: one line, UTF-8, NUL-terminated, such as "expected a square
 * matrix, got 2 x 3"; the engine puts the plugin and the function before it. Not read on
 * SEEDBED_OK. Never null; empty on entry. */
typedef struct seedbed_message {
  int64_t parameter; /* create(): index in the table of what it is about, or SEEDBED_NO_PARAMETER */
  char text[1016];
} seedbed_message;

/* A block of read-only or of output numbers; rows are `stride` apart, stride >= columns. What lies
 * between the last column and the next row is not the block's: neither read nor written. */
typedef struct seedbed_in {
  const double *data;
  uint64_t stride;
} seedbed_in;
typedef struct seedbed_out {
  double *data;
  uint64_t stride;
} seedbed_out;

/* Working memory: take() gives `count` doubles, 64-byte aligned, contents undefined, valid until
 * the function that was handed the scratch returns. Never null, never freed by the plugin. A loop
 * that takes may mark() before and release(mark) after: what was taken in between is given back.
 * Hand it on to components as it is: they take from what is left. One thread at a time. When the
 * machine has no such memory, take() does not return: the task fails. */
typedef struct seedbed_scratch seedbed_scratch;
struct seedbed_scratch {
  double *(*take)(seedbed_scratch *scratch, uint64_t count);
  uint64_t (*mark)(const seedbed_scratch *scratch);
  void (*release)(seedbed_scratch *scratch, uint64_t mark);
};

/* ---- Parameters ------------------------------------------------------------------------------ */

enum seedbed_type {
  SEEDBED_BOOLEAN = 1,
  SEEDBED_INTEGER = 2,
  SEEDBED_REAL = 3,
  SEEDBED_STRING = 4,
  SEEDBED_CHOICE = 5, /* one of `choices` */
  SEEDBED_REALS = 6,  /* array of reals; a single real counts as an array of one */
  SEEDBED_MATRIX = 7, /* array of rows of equal length, or of reals (one row) */
  SEEDBED_FILE = 8,   /* path relative to the suite, else to the plugin's data; contents arrive */
  SEEDBED_COMPONENT = 9 /* another plugin, of the kind named by `choices`, or "none" */
};

enum seedbed_range { SEEDBED_LOW_OPEN = 1, SEEDBED_HIGH_OPEN = 2 };

/* One row of the parameter table: the one source for the check of suites, for lists, hints and
 * documents. Strings are UTF-8 and live as long as the process. A library whose default is not of
 * its type or out of its range is refused. */
typedef struct seedbed_parameter {
  const char *key; /* a bare key of TOML: letters, digits, '_', '-' */
  uint32_t type;
  uint32_t range;           /* which ends of [low, high] are open; entries of arrays obey it too */
  const char *default_toml; /* the default as TOML text, such as "0.01"; null: required */
  double low, high;         /* -INFINITY, INFINITY where there is no bound */
  const char *choices;      /* "a|b|c", or the kind of a component: "baseline"; else null */
  const char *unit;         /* "" where there is none */
  const char *doc;          /* one line */
} seedbed_parameter;

/* A value, in the order of the table; fields that are not of its type are 0. Valid during create()
 * only, but for `component`, which outlives the instance. */
typedef struct seedbed_value {
  int64_t integer;    /* BOOLEAN (0 or 1), INTEGER, CHOICE (index) */
  double real;        /* INTEGER, REAL */
  const double *data; /* REALS (rows = 1) and MATRIX, row after row */
  uint64_t rows, columns;
  const char *text; /* STRING, CHOICE; contents of a FILE; NUL-terminated */
  uint64_t text_size;
  const struct seedbed_component *component; /* COMPONENT; null: "none" */
} seedbed_value;

/* ---- What an instance may know when it is created -------------------------------------------- */

enum seedbed_space_kind { SEEDBED_BOX = 0, SEEDBED_DISCRETE = 1 };

/* What observations or actions are. Bounds are what a plugin promises of its observations, and
 * what it clips actions to: actions may lie outside. */
typedef struct seedbed_space {
  uint32_t kind;            /* seedbed_space_kind */
  uint64_t size;            /* numbers per lane; 1 when discrete */
  uint64_t count;           /* discrete: the values are 0 .. count-1 */
  const double *low, *high; /* box: [size]; infinite where unbounded */
  const char *const *names; /* [size] */
  const char *const *units; /* [size]; "" where there is none */
} seedbed_space;

/* For an environment everything but horizon, discount and episodes is null or 0; for a policy d is
 * 0. The context itself is valid during create() only; the spaces outlive the instance. */
typedef struct seedbed_context {
  const seedbed_space *observation, *action;
  uint64_t parameters; /* d, of the policy */
  uint64_t horizon;    /* H of the objective */
  double discount;     /* gamma of the objective */
  uint64_t episodes;   /* N: units that the suite asks for in an iteration */
} seedbed_context;

/* A plugin instance in another plugin's hands: its functions (of its kind) and its self. To be
 * called as the engine would: with describe()'s sizes, an info zeroed before, the caller's own
 * scratch and message; its status is to be passed on. Functions that are optional may be null. */
typedef struct seedbed_component {
  uint32_t kind; /* seedbed_kind */
  const struct seedbed_descriptor *descriptor;
  const void *functions;
  const void *self;
} seedbed_component;

/* ---- Environment ----------------------------------------------------------------------------- */

/* Declared once, by describe(); depends on the parameters alone. */
typedef struct seedbed_environment_info {
  const seedbed_space *observation, *action; /* live as long as the instance */
  uint64_t state_size;                       /* doubles per lane; all that reset and step keep */
  uint64_t horizon;                          /* customary horizon; 0: none */
  uint64_t reset_uniforms, reset_normals;    /* noise numbers per lane and call */
  uint64_t step_uniforms, step_normals;
} seedbed_environment_info;

/* All functions must be there. Lanes do not know of each other: lane j of every output depends on
 * lane j of the inputs alone, in value and bits, whatever its place and whatever n. */
typedef struct seedbed_environment {
  uint64_t struct_size;
  /* Into zeroed memory. Cannot fail; called often: cheap. */
  void (*describe)(const void *self, seedbed_environment_info *info);
  /* The start of an episode in each of n lanes. uniform: [reset_uniforms][n] in (0,1); normal:
   * [reset_normals][n]; out: state [state_size][n] and observation [size][n], every entry. */
  int32_t (*reset)(const void *self, uint64_t n, seedbed_in uniform, seedbed_in normal,
                   seedbed_out state, seedbed_out observation, seedbed_scratch *scratch,
                   seedbed_message *message);
  /* One step. action: [size][n]; uniform: [step_uniforms][n]; normal: [step_normals][n]; state:
   * [state_size][n], read and written: all that the next step may depend on; out: observation of
   * the new state, reward[n], terminated[n]: 0 or 1, the process ended (never the horizon).
   * Actions come as sampled: clip inside. A lane whose episode ended is stepped on with whatever
   * is in it; its outputs are ignored and must not disturb other lanes. */
  int32_t (*step)(const void *self, uint64_t n, seedbed_in action, seedbed_in uniform,
                  seedbed_in normal, seedbed_out state, seedbed_out observation, double *reward,
                  double *terminated, seedbed_scratch *scratch, seedbed_message *message);
} seedbed_environment;

/* ---- Policy ---------------------------------------------------------------------------------- */

typedef struct seedbed_block { /* a named part of theta: rows x columns, row after row */
  const char *name;
  uint64_t offset, rows, columns;
} seedbed_block;

/* Declared once, by describe(). Blocks lie in the order of their offsets and cover theta without
 * gaps; no blocks: theta has no names. */
typedef struct seedbed_policy_info {
  uint64_t parameters; /* d */
  const seedbed_block *blocks;
  uint64_t block_count;
  uint64_t init_uniforms, init_normals; /* noise numbers that init needs, in all */
  uint64_t uniforms, normals;           /* noise numbers per lane that act needs */
} seedbed_policy_info;

/* Half-open runs of samples: segment k is samples begin[k] .. begin[k]+length[k]-1. They lie in any
 * order, may be empty, and need not cover all samples. */
typedef struct seedbed_segments {
  uint64_t count;
  const uint64_t *begin, *length;
} seedbed_segments;

/* All functions must be there. t[n] is the step index of each sample. theta is [d]. Sample j of
 * every output depends on theta and on sample j of the inputs alone, in value and bits. */
typedef struct seedbed_policy {
  uint64_t struct_size;
  /* Into zeroed memory. Cannot fail; called often: cheap. */
  void (*describe)(const void *self, seedbed_policy_info *info);
  /* theta_0 [d], every entry, from uniform[init_uniforms] in (0,1) and normal[init_normals]. */
  int32_t (*init)(const void *self, const double *uniform, const double *normal, double *theta,
                  seedbed_message *message);
  /* a ~ pi_theta(.|s) by inversion or reparametrisation of the noise: uniform [uniforms][n] in
   * (0,1), normal [normals][n]; out: action [size][n], and log_prob[n], the bits that log_prob()
   * gives for that action. A density is of the action before any clipping. */
  int32_t (*act)(const void *self, const double *theta, uint64_t n, const int64_t *t,
                 seedbed_in observation, seedbed_in uniform, seedbed_in normal, seedbed_out action,
                 double *log_prob, seedbed_scratch *scratch, seedbed_message *message);
  /* log_prob[n] = log pi_theta(a|s), of actions that act() could have given; normalised, so that
   * differences between policies mean something. n is arbitrary here and below, 0 too. */
  int32_t (*log_prob)(const void *self, const double *theta, uint64_t n, const int64_t *t,
                      seedbed_in observation, seedbed_in action, double *log_prob,
                      seedbed_scratch *scratch, seedbed_message *message);
  /* Weighted score sums: G[k][m][d] = sum over j in segment m of weights[k][j] * psi_j,
   * psi_j = grad_theta log pi_theta(a_j|s_j). weights: rows k < `weightings`, columns the n samples.
   * Reads samples inside of segments only; an empty segment gives 0. Every entry of G is written.
   * The sum over a segment has a fixed order and depends on that segment's samples alone. */
  int32_t (*score)(const void *self, const double *theta, uint64_t n, const int64_t *t,
                   seedbed_in observation, seedbed_in action, uint64_t weightings,
                   seedbed_in weights, const seedbed_segments *segments, double *G,
                   seedbed_scratch *scratch, seedbed_message *message);
} seedbed_policy;

/* ---- What an estimator sees ------------------------------------------------------------------ */

enum seedbed_transform { SEEDBED_PLAIN = 0, SEEDBED_ANTITHETIC = 1 /* 1-u for u, -z for z */ };

/* One order to the engine: roll out `episodes` trajectories under `theta`. Episode i of the request
 * uses the noise named `first_noise + i`, so two requests with the same first_noise share noise. */
typedef struct seedbed_request {
  const double *theta; /* [d], copied by the engine; null: the current theta */
  uint64_t episodes;
  uint64_t first_noise; /* < 2^32 */
  uint32_t transform;
  const double *start; /* [state_size][start_stride >= episodes]: state to start from instead of */
  uint64_t start_stride;           /*   reset; null: reset */
  const double *start_observation; /* [observation size][start_stride], with start */
} seedbed_request;

/* Samples of all trajectories, ragged. Trajectory i is samples begin[i] .. begin[i]+length[i]-1, in
 * the order of time; the trajectories may lie in any order in memory. length[i] >= 1. Valid during
 * the call; the components outlive the instance that sees them. */
typedef struct seedbed_batch {
  uint64_t episodes, samples;
  const uint64_t *begin, *length;      /* [episodes] */
  const int64_t *t;                    /* [samples] step index */
  seedbed_in observation, action;      /* [.][samples] */
  const double *reward, *log_prob;     /* [samples]; log_prob under the theta that acted */
  seedbed_in final_observation;        /* [.][episodes] after the last step */
  const double *terminated;            /* [episodes] 1: the process ended; 0: the horizon cut it */
  const uint64_t *noise;               /* [episodes] noise name of each episode */
  const uint64_t *request;             /* [episodes] index of the request it belongs to */
  uint64_t requests;
  const double *const *request_theta;  /* [requests] theta that acted */
  const uint32_t *request_transform;   /* [requests] */
  uint64_t horizon;
  double discount;
  const seedbed_component *environment; /* for capabilities */
  const seedbed_component *policy;
  /* Noise that acted, or null where the estimator did not ask for it (see estimator_info). */
  seedbed_in policy_uniform, policy_normal, step_uniform, step_normal; /* [.][samples] */
  seedbed_in reset_uniform, reset_normal;                              /* [.][episodes] */
  seedbed_in state;                                                    /* [.][samples], before */
} seedbed_batch;

/* ---- Baseline: a component of an estimator ---------------------------------------------------- */

/* What b of a target may depend on, beside its observation and step: an estimator derives from it
 * whether it is still unbiased. */
enum seedbed_dependence {
  SEEDBED_NOTHING = 0,            /* a function of s and t */
  SEEDBED_EARLIER_BATCHES = 1,    /* and of the state, which commit() fits */
  SEEDBED_OTHER_TRAJECTORIES = 2, /* and of the others in this batch, never of its own */
  SEEDBED_THIS_BATCH = 3          /* and of its own: the estimate is biased */
};

/* What a baseline predicts, ragged like the batch. An estimator of whole returns has one target per
 * trajectory (R_i, at t = 0), a causal one has one per step (G_t). */
typedef struct seedbed_targets {
  uint64_t count;
  const uint64_t *begin, *length; /* [episodes]; length is 1, or that of the trajectory */
  const int64_t *t;               /* [count]; of a trajectory they ascend by one */
  const uint64_t *sample;         /* [count] sample where the target starts; null: the same index */
  const double *value;            /* [count] */
  uint64_t steps;                 /* bound on t: 1 for whole returns, else the horizon */
} seedbed_targets;

typedef struct seedbed_baseline_info {
  uint32_t dependence; /* seedbed_dependence */
  uint64_t state_size; /* doubles that it carries from batch to batch */
  double own_share; /* THIS_BATCH: weight of a target's own value in its b, if all have one; else 0 */
} seedbed_baseline_info;

/* Called by estimators, which keep its state inside of theirs. begin and commit may be null. */
typedef struct seedbed_baseline {
  uint64_t struct_size;
  /* `steps` as in the targets that it will see. Into zeroed memory. Cannot fail. */
  void (*describe)(const void *self, uint64_t steps, seedbed_baseline_info *info);
  /* The state before the first batch, into zeroed memory; null: zeros. */
  int32_t (*begin)(const void *self, uint64_t steps, double *state, seedbed_message *message);
  /* b[count], one per target, in the targets' order; final_b[episodes] at the final observations,
   * or null if not wanted. state [state_size] is that after the last commit, or begin. */
  int32_t (*values)(const void *self, const seedbed_batch *batch, const seedbed_targets *targets,
                    const double *state, double *b, double *final_b, seedbed_scratch *scratch,
                    seedbed_message *message);
  /* Fit for the next batch, after values of this one; state is read and written. Null: nothing to
   * fit. */
  int32_t (*commit)(const void *self, const seedbed_batch *batch, const seedbed_targets *targets,
                    double *state, seedbed_scratch *scratch, seedbed_message *message);
} seedbed_baseline;

/* ---- Estimator ------------------------------------------------------------------------------- */

/* E[g] against the estimand: equal for every N; equal in the limit of large N; neither. A claim,
 * which `seedbed certify` examines. */
enum seedbed_bias { SEEDBED_UNBIASED = 0, SEEDBED_CONSISTENT = 1, SEEDBED_BIASED = 2 };

enum seedbed_estimand {
  SEEDBED_GRADIENT_OF_J = 0,          /* grad_theta E[sum_t gamma^t r_t] */
  SEEDBED_GRADIENT_OF_SMOOTHED_J = 1, /* of J averaged over perturbed theta */
  SEEDBED_NATURAL_DIRECTION = 2,      /* F^-1 grad J */
  SEEDBED_GRADIENT_OF_SURROGATE = 3   /* of something else */
};

/* How the contributions hang together: what the variance of their mean may assume. */
enum seedbed_coupling {
  SEEDBED_INDEPENDENT = 0,    /* of each other */
  SEEDBED_U_STATISTIC = 1,    /* each uses the others of the batch too: leave-one-out */
  SEEDBED_PAIRS = 2,          /* two and two hang together: antithetic */
  SEEDBED_CHAIN = 3,          /* each hangs together with the one before */
  SEEDBED_CROSS_ITERATION = 4 /* with those of earlier iterations */
};

enum seedbed_needs { /* bits: what the batch must carry beside the samples */
  SEEDBED_NEEDS_POLICY_NOISE = 1,
  SEEDBED_NEEDS_ENVIRONMENT_NOISE = 2,
  SEEDBED_NEEDS_STATE = 4
};

typedef struct seedbed_estimator_info {
  uint32_t estimand, bias, coupling, needs;
  const char *const *environment_capabilities; /* ids, null-terminated list; null: none */
  const char *const *policy_capabilities;
  uint64_t state_size;                   /* its baseline's included */
  uint64_t plan_uniforms, plan_normals;  /* noise numbers that plan needs, in all */
  double relative_bias; /* BIASED, and known: E g = (1 + relative_bias) times the estimand; else 0 */
} seedbed_estimator_info;

/* Where plan puts its requests. request() copies what it is given; a status other than OK (a noise
 * name or a transform out of range, more than 2^20 requests) is to be returned by plan. */
typedef struct seedbed_plan seedbed_plan;
struct seedbed_plan {
  int32_t (*request)(seedbed_plan *plan, const seedbed_request *request);
};

/* Where estimate puts its results. The gradient is the mean of the contributions g_i, summed in the
 * order of units, unless set_gradient is called. Units must come in order: 0, 1, 2, ... All three
 * copy what they are given; entries must be finite. */
typedef struct seedbed_results seedbed_results;
struct seedbed_results {
  /* g is [count][d]: contributions of the units first .. first+count-1. */
  void (*contribute)(seedbed_results *results, uint64_t first, uint64_t count, const double *g);
  void (*set_gradient)(seedbed_results *results, const double *gradient); /* [d] */
  /* A named number beside the gradient; the last one of a name counts. */
  void (*diagnose)(seedbed_results *results, const char *name, double value);
};

/* describe and estimate must be there. An iteration is plan, rollout, estimate, commit; several
 * estimators may see one batch, so estimate must not mind batches that it did not plan, when it
 * does not plan. */
typedef struct seedbed_estimator {
  uint64_t struct_size;
  /* Into zeroed memory. Cannot fail; called often: cheap. */
  void (*describe)(const void *self, seedbed_estimator_info *info);
  /* The state before the first batch, into zeroed memory; null: zeros. */
  int32_t (*begin)(const void *self, double *state, seedbed_message *message);
  /* theta [d], state [state_size], uniform[plan_uniforms] in (0,1), normal[plan_normals]. At least
   * one request. Null: one request, the current theta, N episodes, noise from 0. */
  int32_t (*plan)(const void *self, const double *theta, const double *state,
                  const double *uniform, const double *normal, seedbed_plan *plan,
                  seedbed_message *message);
  /* Contributions of every unit, or a gradient, or both. theta is the current one; what acted is in
   * the batch. Not to depend on the order of trajectories in memory. */
  int32_t (*estimate)(const void *self, const seedbed_batch *batch, const double *theta,
                      const double *state, seedbed_results *results, seedbed_scratch *scratch,
                      seedbed_message *message);
  /* The state for the next batch, after estimate, which is read and written; null: it keeps none
   * or the same. */
  int32_t (*commit)(const void *self, const seedbed_batch *batch, const double *theta,
                    double *state, seedbed_scratch *scratch, seedbed_message *message);
} seedbed_estimator;

/* ---- Optimizer ------------------------------------------------------------------------------- */

/* Both functions must be there. */
typedef struct seedbed_optimizer {
  uint64_t struct_size;
  /* Doubles that it carries from step to step for d = parameters. Cannot fail. */
  uint64_t (*state_size)(const void *self, uint64_t parameters);
  /* One ascent step along gradient[d]; theta [d] and state [state_size] are read and written. State
   * starts as 0. theta must stay finite. */
  int32_t (*step)(const void *self, uint64_t parameters, const double *gradient, double *theta,
                  double *state, seedbed_message *message);
} seedbed_optimizer;

/* ---- Capabilities: optional, found by id, so that more can come without breaking anyone -------- */

/* A struct of functions has no struct_size: it never grows, another one has another id. Each may
 * be called whenever a function of its kind may. */
typedef struct seedbed_capability {
  const char *id;        /* "seedbed.<kind>.<what>/<version>"; your own: "<your name>.<what>/1" */
  const void *functions; /* the struct named beside the id */
} seedbed_capability;

/* The environment is a finite process. One row per (state, action, outcome); rows of one
 * (state, action) have probabilities that sum to 1. An absorbing end is `terminated`, not a state. */
#define SEEDBED_ENVIRONMENT_TABULAR "seedbed.environment.tabular/1"
typedef struct seedbed_tabular_model {
  uint64_t states, actions, rows;
  const uint64_t *state, *action, *next; /* [rows], grouped by (state, action), ascending */
  const double *probability, *reward, *terminated;
  const double *initial;  /* rho_0 [states] */
  seedbed_in observation; /* [.][states] what the policy sees in each state */
} seedbed_tabular_model;
typedef struct seedbed_tabular {
  /* Into zeroed memory. */
  void (*model)(const void *self, seedbed_tabular_model *model); /* pointers live with self */
} seedbed_tabular;

/* Every reward of an episode that has not ended lies in [low, high]; an end that has no bound is
 * infinite. */
#define SEEDBED_ENVIRONMENT_REWARD_BOUND "seedbed.environment.reward-bound/1"
typedef struct seedbed_reward_bound {
  void (*bound)(const void *self, double *low, double *high);
} seedbed_reward_bound;

/* Pictures for people. Coordinates are the plugin's own, x to the right and y upwards. `ink` says
 * what a thing is: whoever shows it chooses the colours. */
#define SEEDBED_ENVIRONMENT_DRAWING "seedbed.environment.drawing/1"
enum seedbed_ink {
  SEEDBED_INK_SCENE = 0,  /* never moves: the same in every picture of an instance */
  SEEDBED_INK_BODY = 1,   /* what moves */
  SEEDBED_INK_ACCENT = 2, /* a part of it to be told apart, an action */
  SEEDBED_INK_GOAL = 3,
  SEEDBED_INK_DANGER = 4,
  SEEDBED_INK_TRAIL = 5 /* stays in the pictures that follow */
};
typedef struct seedbed_canvas { /* the engine's; numbers are finite, at most 10 000 calls a picture */
  void (*line)(struct seedbed_canvas *self, uint32_t ink, double width, double x0, double y0,
               double x1, double y1);
  void (*box)(struct seedbed_canvas *self, uint32_t ink, double x0, double y0, double x1,
              double y1);                                    /* filled */
  void (*circle)(struct seedbed_canvas *self, uint32_t ink, double x, double y,
                 double radius);                             /* filled */
  void (*text)(struct seedbed_canvas *self, uint32_t ink, double x, double y, double height,
               const char *text);                            /* UTF-8, its middle at (x, y) */
} seedbed_canvas;
typedef struct seedbed_drawing {
  void (*view)(const void *self, double *view); /* [4]: x_low, y_low, x_high, y_high, low < high */
  /* The picture of one observation; action null: none was taken there. */
  int32_t (*draw)(const void *self, const double *observation, const double *action,
                  seedbed_canvas *canvas, seedbed_message *message);
} seedbed_drawing;

/* The environment is linear-quadratic-Gaussian and shows its state:
 *   x' = A x + B u + w, w ~ N(0, W);  x_0 ~ N(m_0, X_0)
 *   reward = -(x'Qx + u'Ru + x'^T Q_next x')    with x' the next state in the last term */
#define SEEDBED_ENVIRONMENT_LINEAR_QUADRATIC "seedbed.environment.linear-quadratic/1"
typedef struct seedbed_linear_quadratic_model {
  uint64_t n, m; /* sizes of x and u */
  const double *A, *B, *Q, *R, *Q_next, *W, *m_0, *X_0; /* row after row */
} seedbed_linear_quadratic_model;
typedef struct seedbed_linear_quadratic {
  /* Into zeroed memory; pointers live with self. */
  void (*model)(const void *self, seedbed_linear_quadratic_model *model);
} seedbed_linear_quadratic;

/* The policy can list its actions, 0 .. actions-1: p[a*stride + j] = pi_theta(a|s_j), which sums to
 * 1 over a, and whose logarithm log_prob() gives. */
#define SEEDBED_POLICY_ENUMERATE "seedbed.policy.enumerate/1"
typedef struct seedbed_enumerate {
  uint64_t (*actions)(const void *self);
  int32_t (*probabilities)(const void *self, const double *theta, uint64_t n, const int64_t *t,
                           seedbed_in observation, seedbed_out p, seedbed_scratch *scratch,
                           seedbed_message *message);
} seedbed_enumerate;

/* pi_theta(.|s) as a whole, in nats; n is arbitrary. Sample j of what is per sample depends on sample
 * j alone; a sum over samples has a fixed order. */
#define SEEDBED_POLICY_DISTRIBUTION "seedbed.policy.distribution/1"
typedef struct seedbed_policy_distribution {
  /* entropy[n] = -E log pi_theta(a|s_j); of a density, with its sign */
  int32_t (*entropy)(const void *self, const double *theta, uint64_t n, const int64_t *t,
                     seedbed_in observation, double *entropy, seedbed_scratch *scratch,
                     seedbed_message *message);
  /* divergence[n] = E log(pi_theta(a|s_j) / pi_other(a|s_j)), a ~ pi_theta; other is [d] */
  int32_t (*divergence)(const void *self, const double *theta, const double *other, uint64_t n,
                        const int64_t *t, seedbed_in observation, double *divergence,
                        seedbed_scratch *scratch, seedbed_message *message);
  /* product[d] = sum_j weight[j] F_j v, F_j = E psi psi^T at s_j, psi = grad_theta log pi; v is [d] */
  int32_t (*fisher_vector_product)(const void *self, const double *theta, const double *v,
                                   uint64_t n, const int64_t *t, seedbed_in observation,
                                   const double *weight, double *product, seedbed_scratch *scratch,
                                   seedbed_message *message);
} seedbed_policy_distribution;

/* The policy makes something of theta alone, once for many calls: rounded numbers, another order of
 * them. prepare() fills prepared [size], 64-byte aligned, under one theta. act, log_prob and score
 * of `functions` (the others are null) take prepared for their self, where it was filled, and the
 * same theta, and give the bits of the policy's own; several threads may call them at once. */
#define SEEDBED_POLICY_PREPARED "seedbed.policy.prepared/1"
typedef struct seedbed_policy_prepared {
  uint64_t (*size)(const void *self); /* doubles; 0: as it was created it has nothing to prepare */
  int32_t (*prepare)(const void *self, const double *theta, double *prepared,
                     seedbed_message *message);
  const seedbed_policy *functions;
} seedbed_policy_prepared;

/* The policy is a = K s + e, e ~ N(0, diag(variance)). */
#define SEEDBED_POLICY_LINEAR_GAUSSIAN "seedbed.policy.linear-gaussian/1"
typedef struct seedbed_linear_gaussian {
  /* K [actions][observations], variance [actions] */
  void (*gain)(const void *self, const double *theta, double *K, double *variance);
  /* gradient[d] = (dK/dtheta)^T dJ_dK + (dvariance/dtheta)^T dJ_dvariance */
  void (*pull_back)(const void *self, const double *theta, const double *dJ_dK,
                    const double *dJ_dvariance, double *gradient);
} seedbed_linear_gaussian;

/* Next state, next observation and reward are differentiable in state and action while the noise
 * stands still; whether and when an episode ends depends on neither. A bar is a derivative of some
 * scalar: what comes in is by the outputs of step, what goes out by its inputs.
 *   (s', o', r) = step(s, a, noise)
 *   state_bar  = (ds'/ds)^T next_state_bar + (do'/ds)^T observation_bar + (dr/ds) reward_bar
 *   action_bar = (ds'/da)^T next_state_bar + (do'/da)^T observation_bar + (dr/da) reward_bar
 * n is arbitrary. Outputs overlap no input; sample j of them depends on sample j alone. */
#define SEEDBED_ENVIRONMENT_PATHWISE "seedbed.environment.pathwise/1"
typedef struct seedbed_environment_pathwise {
  int32_t (*pull_back)(const void *self, uint64_t n, seedbed_in state, seedbed_in action,
                       seedbed_in uniform, seedbed_in normal, seedbed_in next_state_bar,
                       seedbed_in observation_bar, const double *reward_bar, seedbed_out state_bar,
                       seedbed_out action_bar, seedbed_scratch *scratch, seedbed_message *message);
} seedbed_environment_pathwise;

/* The action is differentiable in theta and observation while the noise stands still. */
#define SEEDBED_POLICY_PATHWISE "seedbed.policy.pathwise/1"
typedef struct seedbed_policy_pathwise {
  /* observation_bar = (da/do)^T action_bar, sample by sample; n is arbitrary here and below. */
  int32_t (*pull_back)(const void *self, const double *theta, uint64_t n, const int64_t *t,
                       seedbed_in observation, seedbed_in uniform, seedbed_in normal,
                       seedbed_in action_bar, seedbed_out observation_bar, seedbed_scratch *scratch,
                       seedbed_message *message);
  /* G[m][d] = sum over j in segment m of (da_j/dtheta)^T action_bar_j, summed as score sums. */
  int32_t (*pull_back_to_theta)(const void *self, const double *theta, uint64_t n, const int64_t *t,
                                seedbed_in observation, seedbed_in uniform, seedbed_in normal,
                                seedbed_in action_bar, const seedbed_segments *segments, double *G,
                                seedbed_scratch *scratch, seedbed_message *message);
} seedbed_policy_pathwise;

/* The estimate is the mean over independent trajectories of a contribution whose exact variance an
 * oracle may know: a gradient stage writes it beside the measured one. */
#define SEEDBED_ESTIMATOR_FORMULA "seedbed.estimator.formula/1"
enum seedbed_formula {
  SEEDBED_FORMULA_OTHER = 0,        /* none of these, as it was created: with a baseline */
  SEEDBED_FORMULA_REINFORCE = 1,    /* sum_t psi_t R */
  SEEDBED_FORMULA_REWARD_TO_GO = 2, /* sum_t gamma^t psi_t G_t */
  SEEDBED_FORMULA_ALL_ACTION = 3,   /* sum_t gamma^t sum_a pi(a|s_t) psi(s_t, a) Q_t(s_t, a) */
  SEEDBED_FORMULA_PATHWISE = 4      /* dR/dtheta while all noise stands still */
};
typedef struct seedbed_estimator_formula {
  uint32_t (*formula)(const void *self); /* seedbed_formula */
} seedbed_estimator_formula;

/* The contributions are one weighting of the scores, g_i = sum_t weight(i, t) psi_t for every
 * trajectory i in order, and estimate() gives these and nothing else, as the bits of the policy's
 * score sums: of w times the sum of weights 1, where all weights of i are w. So the engine may take
 * the scores of a batch once for all such estimators. Only for one that does not plan. */
#define SEEDBED_ESTIMATOR_WEIGHTS "seedbed.estimator.weights/1"
typedef struct seedbed_estimator_weights {
  /* weight [samples], every entry. */
  int32_t (*weights)(const void *self, const seedbed_batch *batch, const double *theta,
                     const double *state, double *weight, seedbed_scratch *scratch,
                     seedbed_message *message);
} seedbed_estimator_weights;

/* ---- Descriptor and entry -------------------------------------------------------------------- */

/* One plugin. Constant data, as is all that it points to; strings are UTF-8, null is "". */
typedef struct seedbed_descriptor {
  uint64_t struct_size;
  uint32_t kind;       /* seedbed_kind */
  const char *name;    /* lower-case words joined by '-'; unique among the plugins of its kind */
  const char *version; /* of the plugin: "1.0.0" */
  const char *license; /* SPDX: "MIT" */
  const char *summary; /* one line: what it is */
  const char *source;  /* where the formula stands: author, year, equation */
  const seedbed_parameter *parameters;
  uint64_t parameter_count;
  const seedbed_capability *capabilities;
  uint64_t capability_count;
  const void *functions; /* seedbed_environment, seedbed_policy, ... of its kind */
  /* An instance: one value per parameter, in the order of the table, already within type and range.
   * What the table cannot say (sizes that must agree, spaces that it cannot serve) is refused here,
   * with a status and a message that names the parameter. *self may be any pointer, null too, and
   * is not read when create fails: it frees what it took. Called often, by rehearsals too. */
  int32_t (*create)(const seedbed_value *values, const seedbed_context *context, void **self,
                    seedbed_message *message);
  void (*destroy)(void *self); /* after create gave OK, once; cannot fail */
} seedbed_descriptor;

/* The one exported symbol of a library: `const seedbed_library seedbed_plugin`, read from the file
 * before the library is loaded: constant data of the library, in which no constructor of it has a
 * hand. The first four fields never change, in any major. Nothing should run at load: a library
 * with static constructors is loaded in a child process first, and refused when that dies. */
typedef struct seedbed_library {
  uint64_t magic;
  uint32_t abi_major, abi_minor;
  uint64_t struct_size;
  uint32_t fast_math; /* 1 when built with -ffast-math: `seedbed plugins` says so */
  uint32_t descriptor_count;
  const char *compiler, *isa;                   /* "gcc 12.2.0", "x86-64-v3" */
  const seedbed_descriptor *const *descriptors; /* [descriptor_count], at least one */
} seedbed_library;

#define SEEDBED_ENTRY "seedbed_plugin"

#ifdef __cplusplus
}
#endif
#endif
