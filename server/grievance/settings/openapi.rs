//! The description of what the grievance centre is set up with.

use utoipa::ToSchema;
use utoipa::openapi::path::{Operation, OperationBuilder};

use super::categories::{CategoryWish, ToldAll, ToldSettings};
use super::departments::{DepartmentWish, ToldDepartment, ToldDepartments};
use super::routing::{RoutingWish, ToldRouting};
use super::subjects::Subjects;
use crate::http::openapi::Documented;
use crate::http::openapi::parts::{answer, body, conditional, header_named, segment, staff, taking, text};

const TAG: &str = "grievances";
const JSON: &str = "application/json";
const EXAMPLE_ID: &str = "0f0e1a2b-3c4d-4e5f-8a9b-0c1d2e3f4a5b";

/// Adds the schemas that the descriptions refer to.
pub(super) fn with_schemas(routes: Documented) -> Documented {
    routes
        .schema::<DepartmentWish>()
        .schema::<ToldDepartment>()
        .schema::<ToldDepartments>()
        .schema::<CategoryWish>()
        .schema::<ToldSettings>()
        .schema::<ToldAll>()
        .schema::<RoutingWish>()
        .schema::<ToldRouting>()
        .schema::<Subjects>()
}

fn reading<T: ToSchema>(id: &str, summary: &str, told: &str) -> OperationBuilder {
    staff(id, TAG, summary, "200", answer(told).content(JSON, body::<T>()))
}

fn writing<T: ToSchema>(id: &str, summary: &str, status: &str) -> OperationBuilder {
    let ok = answer("As it is now.").content(JSON, body::<T>()).header_ref("ETag", header_named("ETag"));
    staff(id, TAG, summary, status, ok)
}

/// `GET /api/v1/grievances/departments`
pub(super) fn list_departments() -> Operation {
    let told = "The departments by name; none for who has nothing to do with grievances.";
    reading::<ToldDepartments>("listDepartments", "Departments that grievances go to", told).into()
}

/// `POST /api/v1/grievances/departments`
pub(super) fn add_department() -> Operation {
    taking::<DepartmentWish>(writing::<ToldDepartment>("addDepartment", "Add a department", "201")).into()
}

/// `PATCH /api/v1/grievances/departments/{id}`
pub(super) fn change_department() -> Operation {
    let told = "A department with open cases cannot be made inactive; the 409 says how many there are.";
    let operation = writing::<ToldDepartment>("changeDepartment", "Change a department", "200");
    let operation = operation.parameter(segment("id", "The department's id.", text(), EXAMPLE_ID));
    conditional(taking::<DepartmentWish>(operation.description(Some(told)))).into()
}

/// `GET /api/v1/grievances/categories/all`
pub(super) fn list_categories() -> Operation {
    let told = "Every category with its version, the inactive ones too, in their order.";
    reading::<ToldAll>("listAllGrievanceCategories", "Categories as staff set them", told).into()
}

/// `POST /api/v1/grievances/categories`
pub(super) fn add_category() -> Operation {
    taking::<CategoryWish>(writing::<ToldSettings>("addGrievanceCategory", "Add a category", "201")).into()
}

/// `PATCH /api/v1/grievances/categories/{code}`
pub(super) fn change_category() -> Operation {
    let operation = writing::<ToldSettings>("changeGrievanceCategory", "Change a category", "200");
    let operation = operation.parameter(segment("code", "The category's code.", text(), "wages"));
    conditional(taking::<CategoryWish>(operation)).into()
}

/// `GET /api/v1/grievances/routing`
pub(super) fn list_routing() -> Operation {
    let told = "The rules. Of those that fit a case the most specific one proposes its department.";
    reading::<ToldRouting>("listGrievanceRouting", "Which department a grievance is proposed to", told).into()
}

/// `PUT /api/v1/grievances/routing`
pub(super) fn replace_routing() -> Operation {
    let operation =
        reading::<ToldRouting>("replaceGrievanceRouting", "Replace the rules of routing", "The rules.");
    taking::<RoutingWish>(operation).into()
}

/// `GET /api/v1/grievances/subjects`
pub(super) fn list_subjects() -> Operation {
    let told = "The closed list from which intake sets a subject.";
    reading::<Subjects>("listGrievanceSubjects", "Subjects of grievances", told).into()
}

/// `PUT /api/v1/grievances/subjects`
pub(super) fn replace_subjects() -> Operation {
    let told = "A subject that a case has cannot be left out (409); it may be made inactive.";
    let operation = reading::<Subjects>("replaceGrievanceSubjects", "Replace the subjects", "The subjects.");
    taking::<Subjects>(operation.description(Some(told))).into()
}
