//! A noisy double integrator, in Rust without crates; the same process stands in C11 and C++ beside
//! this file. The structs are those of seedbed/plugin.h, as far as an environment needs them.
//!
//!   x' = x + τ v        v' = v + τ a + σ w + g        w ~ N(0, 1), g = 1/2 with probability 0.1
//!   r  = −(x² + v² + a²/10)        a clipped to [−3, 3]; it ends when |x'| > 5
use std::ffi::{c_char, c_void, CStr};
use std::mem::size_of;
use std::ptr::null;

type Opaque = *const c_void;
type Text = *const c_char;

#[repr(C)]
#[derive(Clone, Copy)]
pub struct In { data: *const f64, stride: u64 }
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Out { data: *mut f64, stride: u64 }
impl In {
    unsafe fn at(self, i: u64, j: u64) -> f64 { *self.data.add((i * self.stride + j) as usize) }
}
impl Out {
    unsafe fn at(self, i: u64, j: u64) -> *mut f64 { self.data.add((i * self.stride + j) as usize) }
}

#[repr(C)]
pub struct Parameter {
    key: Text, kind: u32, range: u32, default_toml: Text, low: f64, high: f64,
    choices: Text, unit: Text, doc: Text,
}
#[repr(C)]
pub struct Value {
    integer: i64, real: f64, data: *const f64, rows: u64, columns: u64,
    text: Text, text_size: u64, component: Opaque,
}
#[repr(C)]
pub struct Space {
    kind: u32, size: u64, count: u64, low: *const f64, high: *const f64,
    names: *const Text, units: *const Text,
}
#[repr(C)]
pub struct EnvironmentInfo {
    observation: *const Space, action: *const Space, state_size: u64, horizon: u64,
    reset_uniforms: u64, reset_normals: u64, step_uniforms: u64, step_normals: u64,
}
#[repr(C)]
pub struct Environment {
    struct_size: u64,
    describe: extern "C" fn(Opaque, *mut EnvironmentInfo),
    reset: extern "C" fn(Opaque, u64, In, In, Out, Out, *mut c_void, *mut c_void) -> i32,
    step: extern "C" fn(Opaque, u64, In, In, In, Out, Out, *mut f64, *mut f64, *mut c_void,
                        *mut c_void) -> i32,
}
#[repr(C)]
pub struct Descriptor {
    struct_size: u64, kind: u32, name: Text, version: Text, license: Text, summary: Text,
    source: Text, parameters: *const Parameter, parameter_count: u64, capabilities: Opaque,
    capability_count: u64, functions: *const Environment,
    create: extern "C" fn(*const Value, Opaque, *mut *mut c_void, *mut c_void) -> i32,
    destroy: extern "C" fn(*mut c_void),
}
#[repr(C)]
pub struct Library {
    magic: u64, abi_major: u32, abi_minor: u32, struct_size: u64, fast_math: u32,
    descriptor_count: u32, compiler: Text, isa: Text, descriptors: *const &'static Descriptor,
}
// Constants: nothing writes what their pointers point to.
unsafe impl Sync for Parameter {}
unsafe impl Sync for Space {}
unsafe impl Sync for Environment {}
unsafe impl Sync for Descriptor {}
unsafe impl Sync for Library {}

struct Names<const N: usize>([Text; N]);
unsafe impl<const N: usize> Sync for Names<N> {}

const fn c(text: &'static [u8]) -> Text {
    match CStr::from_bytes_with_nul(text) { Ok(c) => c.as_ptr(), Err(_) => panic!() }
}

static NO_BOUND: [f64; 2] = [f64::NEG_INFINITY; 2];
static BOUND: [f64; 2] = [f64::INFINITY; 2];
static PUSH: [f64; 2] = [-3.0, 3.0];
static STATE_NAMES: Names<2> = Names([c(b"x\0"), c(b"v\0")]);
static STATE_UNITS: Names<2> = Names([c(b"m\0"), c(b"m/s\0")]);
static PUSH_NAMES: Names<1> = Names([c(b"a\0")]);
static PUSH_UNITS: Names<1> = Names([c(b"m/s2\0")]);
static OBSERVED: Space = Space {
    kind: 0, size: 2, count: 0, low: NO_BOUND.as_ptr(), high: BOUND.as_ptr(),
    names: STATE_NAMES.0.as_ptr(), units: STATE_UNITS.0.as_ptr(),
};
static ACTED: Space = Space {
    kind: 0, size: 1, count: 0, low: &PUSH[0], high: &PUSH[1],
    names: PUSH_NAMES.0.as_ptr(), units: PUSH_UNITS.0.as_ptr(),
};

const TAU: f64 = 0.1;
struct Process { sigma: f64 }

extern "C" fn create(values: *const Value, _: Opaque, out: *mut *mut c_void, _: *mut c_void) -> i32 {
    unsafe { *out = Box::into_raw(Box::new(Process { sigma: (*values).real })) as *mut c_void };
    0
}
extern "C" fn destroy(process: *mut c_void) {
    drop(unsafe { Box::from_raw(process as *mut Process) });
}
extern "C" fn describe(_: Opaque, info: *mut EnvironmentInfo) {
    unsafe {
        *info = EnvironmentInfo {
            observation: &OBSERVED, action: &ACTED, state_size: 2, horizon: 50, reset_uniforms: 0,
            reset_normals: 2, step_uniforms: 1, step_normals: 1,
        }
    }
}
extern "C" fn reset(_: Opaque, n: u64, _: In, normal: In, state: Out, observation: Out,
                    _: *mut c_void, _: *mut c_void) -> i32 {
    for i in 0..2 {
        for j in 0..n {
            unsafe {
                *state.at(i, j) = normal.at(i, j);
                *observation.at(i, j) = normal.at(i, j);
            }
        }
    }
    0
}
extern "C" fn step(process: Opaque, n: u64, action: In, uniform: In, normal: In, state: Out,
                   observation: Out, reward: *mut f64, terminated: *mut f64, _: *mut c_void,
                   _: *mut c_void) -> i32 {
    let sigma = unsafe { (*(process as *const Process)).sigma };
    for j in 0..n {
        unsafe {
            let (x, v, push) = (*state.at(0, j), *state.at(1, j), action.at(0, j));
            let a = if push < -3.0 { -3.0 } else if push > 3.0 { 3.0 } else { push };
            let g = if uniform.at(0, j) < 0.1 { 0.5 } else { 0.0 };
            let next_x = x + TAU * v;
            let next_v = ((v + TAU * a) + sigma * normal.at(0, j)) + g;
            *reward.add(j as usize) = -((x * x + v * v) + 0.1 * (a * a));
            *terminated.add(j as usize) = if next_x > 5.0 || next_x < -5.0 { 1.0 } else { 0.0 };
            *state.at(0, j) = next_x;
            *state.at(1, j) = next_v;
            *observation.at(0, j) = next_x;
            *observation.at(1, j) = next_v;
        }
    }
    0
}

static FUNCTIONS: Environment =
    Environment { struct_size: size_of::<Environment>() as u64, describe, reset, step };
static PARAMETERS: [Parameter; 1] = [Parameter {
    key: c(b"sigma\0"), kind: 3, range: 0, default_toml: c(b"0.1\0"), low: 0.0, high: f64::INFINITY,
    choices: null(), unit: c(b"m/s\0"), doc: c(b"standard deviation of the noise\0"),
}];
static DESCRIPTOR: Descriptor = Descriptor {
    struct_size: size_of::<Descriptor>() as u64, kind: 1, name: c(b"double-integrator\0"),
    version: c(b"1.0.0\0"), license: c(b"MIT\0"), summary: c(b"A noisy double integrator\0"),
    source: c(b"none\0"), parameters: PARAMETERS.as_ptr(), parameter_count: 1,
    capabilities: null(), capability_count: 0, functions: &FUNCTIONS, create, destroy,
};
static DESCRIPTORS: [&Descriptor; 1] = [&DESCRIPTOR];

#[no_mangle]
#[allow(non_upper_case_globals)]
pub static seedbed_plugin: Library = Library {
    magic: 0x3130444542444553, abi_major: 1, abi_minor: 0, struct_size: size_of::<Library>() as u64,
    fast_math: 0, descriptor_count: 1, compiler: c(b"rustc\0"), isa: c(b"x86-64\0"),
    descriptors: DESCRIPTORS.as_ptr(),
};
